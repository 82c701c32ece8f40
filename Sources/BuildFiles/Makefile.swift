import Text

extension BuildFormat {
    /// Makefiles, read line by line for the words that call camlp4 or name syntax packages; nothing is evaluated.
    static let makefile = BuildFormat(
        "makefile",
        takes: { name in
            ["Makefile", "makefile", "GNUmakefile"].contains(name) || name.hasPrefix("Makefile.")
                || name.hasSuffix(".mk")
        }
    ) { bytes, file in
        var reader = MakefileReader(bytes: bytes, scope: .tree(file.directory))
        reader.read(&file)
    }

    /// OMake's `OMakefile` and `OMakeroot`: the same words as in a Makefile, with `OCAMLPACKS[]` and its like.
    static let omakefile = BuildFormat("omakefile", takes: { ["OMakefile", "OMakeroot"].contains($0) }) { bytes, file in
        var reader = MakefileReader(bytes: bytes, scope: .tree(file.directory))
        reader.read(&file)
    }
}

private struct MakefileReader {
    let bytes: [UInt8]
    let scope: SourceScope

    mutating func read(_ file: inout BuildFile) {
        // What a file includes may say more, so its silence means nothing then.
        if says(["ocamlc", "ocamlopt", "ocamlfind", "ocamlprogram", "ocamllibrary", "ocamlpacks"]), !says(["include "])
        {
            file.governs = [.directories([file.directory])]
        }
        var variable = ""
        var continues = false
        var indent = 0
        for line in bytes.lines() {
            let content = withoutComment(line)
            if bytes.trimmed(content).isEmpty {
                continues = false
                continue
            }
            let depth = bytes.trimmed(content).start - line.start
            // OMake puts the values of `NAME[] =` on deeper lines; make continues after a backslash.
            if let (name, valueStart) = assignment(content) {
                variable = name
                indent = depth
                words(ByteRange(valueStart, content.end), of: variable, &file)
            } else {
                if !continues, depth <= indent { variable = "" }
                words(content, of: variable, &file)
            }
            continues = bytes.at(bytes.trimmed(content).end - 1) == UInt8(ascii: "\\")
        }
    }

    /// Whether a line outside of comments has one of these words, in small or capital letters.
    private func says(_ words: [String]) -> Bool {
        bytes.lines().contains { line in
            let text = bytes.text(withoutComment(line)).lowercased()
            return words.contains { word in
                word.hasSuffix(" ") ? text.hasPrefix(word) || text.hasPrefix("-" + word) : text.contains(word)
            }
        }
    }

    private func withoutComment(_ line: ByteRange) -> ByteRange {
        var offset = line.start
        while offset < line.end {
            if bytes.at(offset) == UInt8(ascii: "#"), offset == line.start || bytes.at(offset - 1) != UInt8(ascii: "\\")
            {
                return ByteRange(line.start, offset)
            }
            offset += 1
        }
        return line
    }

    /// `NAME = …` with any of make's and OMake's assignment signs.
    private func assignment(_ content: ByteRange) -> (name: String, valueStart: Int)? {
        let content = bytes.trimmed(content)
        var offset = content.start
        // `export NAME = …`
        if bytes.text(ByteRange(offset, min(offset + 7, content.end))) == "export " { offset += 7 }
        let start = offset
        while offset < content.end, let byte = bytes.at(offset),
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        {
            offset += 1
        }
        guard offset > start else { return nil }
        let name = bytes.text(ByteRange(start, offset))
        while offset < content.end, let byte = bytes.at(offset),
            byte == 0x20 || byte == 0x09 || "[]+:?".utf8.contains(byte)
        {
            offset += 1
        }
        guard offset < content.end, bytes.at(offset) == UInt8(ascii: "=") else { return nil }
        return (name, offset + 1)
    }

    private func words(_ range: ByteRange, of variable: String, _ file: inout BuildFile) {
        let words = bytes.words(in: range) { !$0.isSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
        var index = 0
        while index < words.count {
            let word = words[index]
            let text = bytes.text(word)
            let following = index + 1 < words.count ? words[index + 1] : nil
            index += 1
            switch text {
            case "-syntax":
                guard let following, camlp4Program(in: bytes.text(following)) != nil else { continue }
                mention(.syntax(bytes.text(following)), ByteRange(word.start, following.end), &file)
                index += 1
            case "-pp", "-p4":
                let command = Array(words[index...])
                guard let end = command.last, command.contains(where: { camlp4Program(in: bytes.text($0)) != nil })
                else {
                    continue
                }
                mention(.preprocessor(commandWords(command)), ByteRange(word.start, commandEnd(word, end)), &file)
                return
            case "-package", "-packages", "-pkg", "-pkgs", "-tag", "-tags":
                guard let following else { continue }
                packages(following, &file)
                index += 1
            default:
                if isPackageVariable(variable) || text.hasSuffix(".syntax") {
                    packages(word, &file)
                } else if isPreprocessorVariable(variable), camlp4Program(in: text) != nil {
                    let command = [word] + Array(words[index...])
                    guard let end = command.last else { continue }
                    mention(.preprocessor(commandWords(command)), ByteRange(word.start, end.end), &file)
                    return
                } else if camlp4Program(in: text) != nil, !text.contains("="), !text.hasPrefix("-I") {
                    mention(.syntax(text), word, &file)
                }
            }
        }
    }

    /// Up to the quote that closes `-pp "…"`, where one opens it.
    private func commandEnd(_ flag: ByteRange, _ last: ByteRange) -> Int {
        var offset = flag.end
        while let byte = bytes.at(offset), byte == 0x20 || byte == 0x09 { offset += 1 }
        guard let quote = bytes.at(offset), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return last.end
        }
        var end = offset + 1
        while let byte = bytes.at(end), byte != quote, byte != 0x0A { end += 1 }
        return bytes.at(end) == quote ? end + 1 : last.end
    }

    private func commandWords(_ words: [ByteRange]) -> [String] {
        words.map(bytes.text).filter { $0 != "\\" }
    }

    /// The packages of a comma separated word; tags such as `syntax(camlp4o)` are looked into.
    private func packages(_ word: ByteRange, _ file: inout BuildFile) {
        for name in bytes.words(in: word, { $0.isPackageNameByte }) {
            let text = bytes.text(name)
            if camlp4Program(in: text) == text, text != "camlp4" {
                mention(.syntax(text), name, &file)
            } else if !text.hasPrefix("-") {
                mention(.findlib(text), name, &file)
            }
        }
    }

    private func isPackageVariable(_ name: String) -> Bool {
        let name = name.uppercased()
        return ["PACK", "PKG", "REQUIRES"].contains { name.contains($0) }
    }

    private func isPreprocessorVariable(_ name: String) -> Bool {
        let name = name.uppercased()
        return name == "PP" || name.hasSuffix("_PP") || name.contains("CAMLP4") || name.hasPrefix("PP")
    }

    private func mention(_ subject: Mention.Subject, _ range: ByteRange, _ file: inout BuildFile) {
        file.mentions.append(Mention(subject, at: range, scope: scope))
    }
}
