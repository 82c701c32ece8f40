import Text

extension BuildFormat {
    /// Merlin's `.merlin`: `PKG` lines name findlib packages, `FLG` lines hold compiler flags. It turns nothing on.
    static let merlin = BuildFormat("merlin", takes: { fileName(of: $0) == ".merlin" }) { bytes, file in
        for line in bytes.lines() {
            let comment = (line.start..<line.end).first { bytes.at($0) == UInt8(ascii: "#") } ?? line.end
            let words = bytes.words(in: ByteRange(line.start, comment)) { !$0.isSpace }
            guard let directive = words.first else { continue }
            switch bytes.text(directive) {
            case "PKG":
                file.lists.append(
                    EntryList(Array(words.dropFirst()), .blank, owner: bytes.wholeLines(line)))
                for word in words.dropFirst() {
                    file.mentions.append(Mention(.findlib(bytes.text(word)), at: word, scope: nil))
                }
            case "FLG":
                file.lists.append(
                    EntryList(flags(Array(words.dropFirst()), bytes), .blank, owner: bytes.wholeLines(line)))
                for (flag, value) in zip(words, words.dropFirst())
                where ["-syntax", "-pp"].contains(bytes.text(flag)) && camlp4Program(in: bytes.text(value)) != nil {
                    let range = ByteRange(flag.start, value.end)
                    file.mentions.append(Mention(.syntax(bytes.text(value)), at: range, scope: nil))
                }
            default: continue
            }
        }
    }
}

/// Flags, each with its argument where it takes one that concerns camlp4.
private func flags(_ words: [ByteRange], _ bytes: [UInt8]) -> [ByteRange] {
    var entries: [ByteRange] = []
    var index = 0
    while index < words.count {
        var entry = words[index]
        if ["-syntax", "-pp"].contains(bytes.text(entry)), index + 1 < words.count {
            index += 1
            entry = ByteRange(entry.start, words[index].end)
        }
        entries.append(entry)
        index += 1
    }
    return entries
}
