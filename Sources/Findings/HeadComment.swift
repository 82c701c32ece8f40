import BuildFiles
import OCamlSyntax
import Text

/// A source's first line that says what preprocesses it: `(*pp camlp4orf -I . pa_x.cmo *)`, as OCamlMakefile reads it.
struct HeadComment: Sendable {
    /// The comment, without its line's end.
    let range: ByteRange
    /// The command, word by word.
    let words: [String]

    /// Nil where there is none, or where it runs another preprocessor than a camlp4.
    init?(_ bytes: [UInt8]) {
        guard bytes.first == UInt8(ascii: "(") else { return nil }
        let head = Array(bytes.prefix(1000))
        guard let match = Self.comment.matches(in: head).first, let whole = match[0], let command = match[1] else {
            return nil
        }
        words = head.words(in: command) { !$0.isSpace }.map(head.text)
        guard words.contains(where: { camlp4Program(in: $0) != nil }) else { return nil }
        range = whole
    }

    private static let comment = Pattern(#"\A \(\* \s* pp \b ( [^\n*]* ) \*\)"#)
    private static let directive = Pattern(
        #"^ [ \t]* \x23 [ \t]* (?: if | ifdef | ifndef | else | endif | define | undef | include ) \b"#)

    /// What is on in the file besides what build files say; nil where they are silent and the command says too little.
    func extensions(beside said: [String]?, _ index: ExtensionIndex) -> [String]? {
        let own = MetadataScanner.loaded(by: words) + words.compactMap { index.archive($0)?.id }
        let isWhole = !words.contains { $0.contains("`") || $0.contains("$") }
        guard said != nil || isWhole && own.contains(where: { $0 != "camlp4" }) else { return nil }
        return index.closure(of: Set((said ?? []) + own))
    }

    /// - Parameter isLast: whether nothing else is found in the file, so that the line can go; else it has to stay until then.
    func finding(_ bytes: [UInt8], path: String, _ lines: LineTable, isLast: Bool) -> Finding {
        let line = lines.range(ofLine: 1, in: bytes) ?? ByteRange(0, 0)
        return Finding(
            rule: "camlp4/directive", extension: "camlp4", path: path, start: lines.position(of: range.start),
            end: lines.position(of: range.end), message: "the file's first line has \(words.first ?? "camlp4") read it",
            fix: isLast ? fix(bytes) : .manual("take the line out once nothing in the file needs camlp4"),
            sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
    }

    /// Whether the text has lines for cppo, which stock OCaml rejects and cppo takes.
    static func hasConditionalLines(_ bytes: [UInt8]) -> Bool { !directive.matches(in: bytes).isEmpty }

    private func fix(_ bytes: [UInt8]) -> Fix {
        if words.contains(where: { ["camlp4r", "camlp4rf", "camlp5r"].contains(camlp4Program(in: $0) ?? "") }) {
            return .manual("the file is in the revised syntax by this line: convert it to the original one")
        }
        guard !Self.hasConditionalLines(bytes) else {
            // A definition that cppo has no word for.
            if words.contains(where: { $0.hasPrefix("-D") && $0.contains("=") || $0.contains("$") }) {
                return .manual("write (*pp cppo *) with -D for each definition: the file has lines for cppo")
            }
            return .review(
                [Edit(range, "(*pp \(cppo) *)")], ["cppo's lines are left, so cppo reads the file from now on"])
        }
        var end = range.end
        while let byte = bytes.at(end), byte == 0x20 || byte == 0x09 { end += 1 }
        if bytes.at(end) == 0x0D { end += 1 }
        if bytes.at(end) == 0x0A { end += 1 } else if end < bytes.count { end = range.end }
        return .review(
            [Edit(ByteRange(range.start, end), "")], ["what runs camlp4 because of the line runs it no more"])
    }

    /// camlp4's `-DNAME` as cppo takes it.
    private var cppo: String {
        var text = "cppo"
        for (place, word) in words.enumerated() where word.hasPrefix("-D") {
            let name = word.count > 2 ? String(word.dropFirst(2)) : words.dropFirst(place + 1).first ?? ""
            text += " -D \(name)"
        }
        return text
    }
}
