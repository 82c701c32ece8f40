import Text

extension BuildFormat {
    /// findlib's `META` and its templates (`META.in`, `META.lwt.template`).
    ///
    /// Source of the rules: findlib's reference manual, page META(5).
    static let meta = BuildFormat(
        "meta",
        takes: { path in
            let name = fileName(of: path)
            return name == "META" || name.hasPrefix("META.") || name.hasSuffix(".META")
        }
    ) { bytes, file in
        var reader = MetaReader(bytes: bytes)
        reader.read(&file)
        file.generated = oasisRegions(bytes)
    }
}

private struct MetaReader {
    enum Token: Equatable {
        case name(ByteRange)
        /// Without its quotes.
        case string(ByteRange)
        case symbol(UInt8)
    }

    let bytes: [UInt8]
    private var offset = 0
    /// The names of the packages that are open, outermost first.
    private var packages: [String] = []
    /// Where the string begins that no quote closes.
    private var unclosed: Int?

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read(_ file: inout BuildFile) {
        while let token = next() {
            switch token {
            case .name(let range): entry(range, &file)
            case .symbol(UInt8(ascii: ")")): _ = packages.popLast()
            case .string(let range): file.problems.append(Problem(range, "a string that belongs to no variable"))
            case .symbol: continue
            }
        }
        if let opening = unclosed {
            file.problems.append(Problem(ByteRange(opening, bytes.count), "a string without an end"))
        } else if !packages.isEmpty {
            file.problems.append(Problem(ByteRange(bytes.count, bytes.count), "'(' without ')'"))
        }
    }

    private mutating func entry(_ range: ByteRange, _ file: inout BuildFile) {
        let name = bytes.text(range)
        let saved = offset
        if name == "package", case .string(let inner)? = next() {
            packages.append(bytes.text(inner))
            let beforeBracket = offset
            if next() != .symbol(UInt8(ascii: "(")) { offset = beforeBracket }
            return
        }
        offset = saved
        let predicates = predicates()
        guard let value = value() else { return }
        let component = (["package"] + packages).count > 1 ? "package \(packages.joined(separator: "."))" : nil
        switch name {
        case "requires":
            let words = bytes.words(in: value) { $0.isPackageNameByte }
            file.lists.append(EntryList(words, .blank))
            for word in words {
                file.mentions.append(Mention(.findlib(bytes.text(word)), at: word, scope: nil, component: component))
            }
        case "archive" where predicates.contains("syntax"):
            guard !bytes.trimmed(value).isEmpty else { return }
            file.mentions.append(
                Mention(
                    .archive(bytes.text(value)), at: ByteRange(range.start, value.end + 1), scope: nil,
                    component: component))
        case "preprocessor", "ppopt":
            let words = bytes.words(in: value) { !$0.isSpace && $0 != UInt8(ascii: ",") }
            if words.contains(where: { camlp4Program(in: bytes.text($0)) != nil }) {
                file.mentions.append(
                    Mention(.preprocessor(words.map(bytes.text)), at: value, scope: nil, component: component))
            }
        default: break
        }
    }

    private mutating func predicates() -> Set<String> {
        let saved = offset
        guard next() == .symbol(UInt8(ascii: "(")) else {
            offset = saved
            return []
        }
        var predicates: Set<String> = []
        while let token = next(), token != .symbol(UInt8(ascii: ")")) {
            if case .name(let range) = token { predicates.insert(bytes.text(range)) }
        }
        return predicates
    }

    /// What stands after `=` or `+=`.
    private mutating func value() -> ByteRange? {
        let saved = offset
        var token = next()
        if token == .symbol(UInt8(ascii: "+")) { token = next() }
        guard token == .symbol(UInt8(ascii: "=")), case .string(let range)? = next() else {
            offset = saved
            return nil
        }
        return range
    }

    private mutating func next() -> Token? {
        while let byte = bytes.at(offset) {
            if byte.isSpace {
                offset += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = bytes.at(offset), byte != 0x0A { offset += 1 }
            } else if byte == UInt8(ascii: "\"") {
                return string()
            } else if byte.isPackageNameByte, byte != UInt8(ascii: "+") {
                let start = offset
                while let byte = bytes.at(offset), byte.isPackageNameByte, byte != UInt8(ascii: "+") { offset += 1 }
                return .name(ByteRange(start, offset))
            } else {
                offset += 1
                return .symbol(byte)
            }
        }
        return nil
    }

    private mutating func string() -> Token {
        let start = offset + 1
        offset = start
        while let byte = bytes.at(offset), byte != UInt8(ascii: "\"") {
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(offset, bytes.count)
        if end == bytes.count { unclosed = start }
        offset = min(end + 1, bytes.count)
        return .string(ByteRange(start, end))
    }
}
