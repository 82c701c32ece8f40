import Text

extension BuildFormat {
    /// ocamlbuild's `_tags`: lines `PATTERN: TAG, TAG, …`, patterns relative to the file's own directory.
    static let ocamlbuildTags = BuildFormat(
        "ocamlbuild-tags", takes: { ["_tags", "_tags.in"].contains(fileName(of: $0)) }
    ) { bytes, file in
        var reader = TagsReader(bytes: bytes, directory: file.directory)
        reader.read(&file)
        // ocamlbuild builds with camlp4 only what a tag says, so what no line names is written in plain OCaml.
        file.governs = [.tree(file.directory)]
        file.generated = oasisRegions(bytes)
    }
}

private struct TagsReader {
    let bytes: [UInt8]
    let directory: String
    var offset = 0
    private let depthLimit = 100

    init(bytes: [UInt8], directory: String) {
        self.bytes = bytes
        self.directory = directory
    }

    mutating func read(_ file: inout BuildFile) {
        while offset < bytes.count {
            skipBlanks()
            guard let byte = bytes.at(offset) else { return }
            if byte == 0x0A || byte == UInt8(ascii: "#") {
                skipLine()
                continue
            }
            readLine(&file)
        }
    }

    private mutating func readLine(_ file: inout BuildFile) {
        let start = offset
        guard let pattern = disjunction(depth: 0) else {
            return unreadable(from: start, "a pattern such as <lib/*.ml> is expected here", &file)
        }
        skipBlanks()
        guard bytes.at(offset) == UInt8(ascii: ":") else {
            return unreadable(from: start, "':' is expected after the pattern", &file)
        }
        offset += 1
        let scope = SourceScope.pattern(pattern, base: directory)
        let tags = tags()
        file.lists.append(EntryList(tags, .comma, owner: bytes.wholeLines(ByteRange(start, max(start, offset - 1)))))
        for tag in tags { mention(tag, scope, &file) }
    }

    private mutating func unreadable(from start: Int, _ message: String, _ file: inout BuildFile) {
        let place = offset
        skipLine()
        file.problems.append(Problem(ByteRange(min(start, place), max(place, start + 1)), message))
    }

    // MARK: patterns

    private mutating func disjunction(depth: Int) -> TagsPattern? {
        guard let first = conjunction(depth: depth) else { return nil }
        var terms = [first]
        while word("or") || symbol("|") {
            guard let term = conjunction(depth: depth) else { return nil }
            terms.append(term)
        }
        return terms.count == 1 ? first : .or(terms)
    }

    private mutating func conjunction(depth: Int) -> TagsPattern? {
        guard let first = atom(depth: depth) else { return nil }
        var terms = [first]
        while word("and") || symbol("&") {
            guard let term = atom(depth: depth) else { return nil }
            terms.append(term)
        }
        return terms.count == 1 ? first : .and(terms)
    }

    private mutating func atom(depth: Int) -> TagsPattern? {
        guard depth < depthLimit else { return nil }
        if word("not") || symbol("~") { return atom(depth: depth + 1).map(TagsPattern.not) }
        if word("true") { return .constant(true) }
        if word("false") { return .constant(false) }
        if symbol("(") {
            guard let inner = disjunction(depth: depth + 1), symbol(")") else { return nil }
            return inner
        }
        if let text = delimited("\"", "\"") { return .glob(Glob(literal: text)) }
        if let text = delimited("<", ">") { return Glob(text).map(TagsPattern.glob) }
        return nil
    }

    private mutating func delimited(_ open: Unicode.Scalar, _ close: Unicode.Scalar) -> [UInt8]? {
        skipBlanks()
        guard bytes.at(offset) == UInt8(ascii: open) else { return nil }
        var end = offset + 1
        while let byte = bytes.at(end), byte != UInt8(ascii: close) {
            if byte == 0x0A { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        defer { offset = end + 1 }
        return Array(bytes[(offset + 1)..<end])
    }

    private mutating func word(_ word: String) -> Bool {
        skipBlanks()
        let end = offset + word.utf8.count
        guard end <= bytes.count, bytes[offset..<end].elementsEqual(word.utf8) else { return false }
        if let next = bytes.at(end), next.isLetter || next.isDigit || next == UInt8(ascii: "_") { return false }
        offset = end
        return true
    }

    private mutating func symbol(_ symbol: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard bytes.at(offset) == UInt8(ascii: symbol) else { return false }
        offset += 1
        return true
    }

    // MARK: tags

    /// The tags up to the end of the line; commas inside parentheses and quotes do not separate.
    private mutating func tags() -> [ByteRange] {
        var tags: [ByteRange] = []
        var start = offset
        var depth = 0
        var quoted = false
        while let byte = bytes.at(offset), byte != 0x0A {
            if let after = continuation() {
                offset = after
                continue
            }
            if byte == UInt8(ascii: "#"), !quoted, depth == 0 { break }
            switch byte {
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: "(") where !quoted: depth += 1
            case UInt8(ascii: ")") where !quoted: depth -= 1
            case UInt8(ascii: ",") where !quoted && depth <= 0:
                tags.append(ByteRange(start, offset))
                start = offset + 1
            default: break
            }
            offset += 1
        }
        tags.append(ByteRange(start, offset))
        skipLine()
        return tags.map(withoutContinuation).filter { !$0.isEmpty }
    }

    private func withoutContinuation(_ range: ByteRange) -> ByteRange {
        var range = bytes.trimmed(range)
        while bytes.at(range.start) == UInt8(ascii: "\\"), !range.isEmpty {
            range = bytes.trimmed(ByteRange(range.start + 1, range.end))
        }
        return range
    }

    private func mention(_ range: ByteRange, _ scope: SourceScope, _ file: inout BuildFile) {
        let tag = bytes.text(range)
        // `-tag` takes a tag away again: it brings nothing in.
        if tag.hasPrefix("-") { return }
        if let open = tag.firstIndex(of: "("), tag.hasSuffix(")") {
            let argumentsStart = range.start + tag[...open].utf8.count
            let arguments = ByteRange(argumentsStart, range.end - 1)
            switch tag[..<open] {
            case "package", "predicate": packages(arguments, tag: range, scope, &file)
            case "syntax":
                file.mentions.append(Mention(.syntax(bytes.text(bytes.trimmed(arguments))), at: range, scope: scope))
            case "pp":
                let words = bytes.words(in: arguments) { !$0.isSpace && $0 != UInt8(ascii: "\"") }.map(bytes.text)
                // Other preprocessors are none of ours.
                guard words.contains(where: { camlp4Program(in: $0) != nil || $0.hasPrefix("pa_") }) else { return }
                file.mentions.append(Mention(.preprocessor(words), at: range, scope: scope))
            default: break
            }
            return
        }
        if tag.contains("("), !tag.hasSuffix(")") {
            file.problems.append(Problem(range, "'(' without ')'"))
        } else if tag.hasPrefix("pkg_") {
            file.mentions.append(
                Mention(
                    .findlib(String(tag.dropFirst(4))), at: range, scope: scope,
                    name: ByteRange(range.start + 4, range.end)))
        } else if tag.hasPrefix("syntax_") {
            file.mentions.append(Mention(.syntax(String(tag.dropFirst(7))), at: range, scope: scope))
        } else if tag.hasPrefix("use_camlp4") || tag.hasPrefix("camlp4:") {
            file.mentions.append(Mention(.syntax("camlp4"), at: range, scope: scope))
        } else if camlp4Program(in: tag) == tag {
            file.mentions.append(Mention(.syntax(tag), at: range, scope: scope))
        }
    }

    /// One package keeps the whole tag as its range; of several, each its own word.
    private func packages(_ arguments: ByteRange, tag: ByteRange, _ scope: SourceScope, _ file: inout BuildFile) {
        let words = bytes.words(in: arguments) { $0.isPackageNameByte }
        if words.count > 1 { file.lists.append(EntryList(words, .comma, owner: tag)) }
        for word in words {
            let range = words.count == 1 ? tag : word
            file.mentions.append(Mention(.findlib(bytes.text(word)), at: range, scope: scope, name: word))
        }
    }

    // MARK: blanks

    /// The offset after a backslash that ends a line, where one stands here.
    private func continuation() -> Int? {
        guard bytes.at(offset) == UInt8(ascii: "\\") else { return nil }
        if bytes.at(offset + 1) == 0x0A { return offset + 2 }
        if bytes.at(offset + 1) == 0x0D, bytes.at(offset + 2) == 0x0A { return offset + 3 }
        return nil
    }

    private mutating func skipBlanks() {
        while let byte = bytes.at(offset) {
            if let after = continuation() {
                offset = after
            } else if byte != 0x0A, byte.isSpace {
                offset += 1
            } else {
                return
            }
        }
    }

    private mutating func skipLine() {
        while let byte = bytes.at(offset), byte != 0x0A { offset += 1 }
        offset = min(offset + 1, bytes.count)
    }
}
