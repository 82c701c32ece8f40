import Text

extension BuildFormat {
    /// The `setup.ml` that OASIS generates: the findlib packages for which it looks when it configures.
    static let setupML = BuildFormat("setup-ml", takes: { fileName(of: $0) == "setup.ml" }) { bytes, file in
        file.generated = oasisRegions(bytes)
        guard !file.generated.isEmpty else { return }
        // Neighbours in one list stand with a semicolon between them.
        var entries: [ByteRange] = []
        // Each list is for another part of the package.
        var statement = 0
        for match in findlibPackage.matches(in: bytes) {
            guard let whole = match[0], let name = match[1] else { continue }
            if let last = entries.last, !isSeparator(ByteRange(last.end, whole.start), bytes) {
                file.lists.append(EntryList(entries, .semicolon))
                entries = []
            }
            if entries.isEmpty { statement = whole.start }
            file.mentions.append(Mention(.findlib(bytes.text(name)), at: name, scope: nil, statement: statement))
            entries.append(whole)
        }
        if !entries.isEmpty { file.lists.append(EntryList(entries, .semicolon)) }
    }

    private static let findlibPackage = Pattern(
        #"FindlibPackage \s* \( \s* "([^"\n]+)" \s* , \s* (?: None | Some \s* \( (?: [^()"] | "[^"]*" | \( [^()]* \) )* \) ) \s* \)"#
    )

    private static func isSeparator(_ gap: ByteRange, _ bytes: [UInt8]) -> Bool {
        bytes.text(bytes.trimmed(gap)) == ";"
    }
}
