import Text

extension BuildFormat {
    /// Makefiles, read line by line for the words that call camlp4 or name syntax packages; nothing is evaluated.
    static let makefile = BuildFormat(
        "makefile",
        takes: { path in
            let name = fileName(of: path)
            return ["Makefile", "makefile", "GNUmakefile"].contains(name) || name.hasPrefix("Makefile.")
                || name.hasSuffix(".mk")
        }
    ) { bytes, file in
        var reader = MakefileReader(bytes: bytes, scope: .tree(file.directory))
        reader.read(&file)
    }

    /// OMake's `OMakefile` and `OMakeroot`: the same words as in a Makefile, with `OCAMLPACKS[]` and its like.
    static let omakefile = BuildFormat("omakefile", takes: { ["OMakefile", "OMakeroot"].contains(fileName(of: $0)) }) {
        bytes, file in
        var reader = MakefileReader(bytes: bytes, scope: .tree(file.directory))
        reader.read(&file)
    }
}

private struct MakefileReader {
    let bytes: [UInt8]
    let scope: SourceScope
    private var commands: [String: [String]] = [:]
    /// The variables that hold one of Eliom's compilers.
    private var eliomTools: [String: String] = [:]
    /// The words of the command or assignment that is read, so far.
    private var entries: [ByteRange] = []
    /// Where the command or assignment begins that is read.
    private var statement = 0
    /// The functions that an OMakefile defines: `Camlp4o(modules) =`.
    private let functions: Set<String>

    init(bytes: [UInt8], scope: SourceScope) {
        self.bytes = bytes
        self.scope = scope
        functions = Self.functions(in: bytes)
        commands = Self.commands(self)
        eliomTools = Self.eliomTools(self)
    }

    mutating func read(_ file: inout BuildFile) {
        // What a file includes may say more, so its silence means nothing then.
        if says(["ocamlc", "ocamlopt", "ocamlfind", "ocamlprogram", "ocamllibrary", "ocamlpacks"]), !says(["include "])
        {
            file.governs = [.directories([file.directory])]
        }
        var variable = ""
        var known: Set<String> = []
        var continues = false
        var indent = 0
        for line in bytes.lines() {
            let content = withoutComment(line)
            if bytes.trimmed(content).isEmpty {
                continues = false
                flush(&file)
                continue
            }
            let depth = bytes.trimmed(content).start - line.start
            // OMake puts the values of `NAME[] =` on deeper lines; make continues after a backslash.
            if let (name, valueStart) = assignment(content) {
                variable = name
                statement = line.start
                indent = depth
                if ["SERVER_PACKAGES", "CLIENT_PACKAGES"].contains(name), known.insert(name).inserted {
                    file.eliomPackages.append(bytes.trimmed(ByteRange(valueStart, content.end)))
                }
                words(ByteRange(valueStart, content.end), of: variable, &file)
            } else {
                if !continues, depth <= indent || variable.isEmpty {
                    variable = ""
                    statement = line.start
                }
                words(content, of: variable, &file)
            }
            continues = self.continues(content)
        }
        flush(&file)
    }

    /// Whether a backslash joins the next line to this one.
    private func continues(_ line: ByteRange) -> Bool {
        bytes.at(bytes.trimmed(line).end - 1) == UInt8(ascii: "\\")
    }

    /// The words of joined lines are one list, so that no line is left with nothing but its backslash.
    private mutating func flush(_ file: inout BuildFile) {
        if !entries.isEmpty { file.lists.append(EntryList(entries, .blank)) }
        entries = []
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

    private mutating func words(_ range: ByteRange, of variable: String, _ file: inout BuildFile) {
        let words = bytes.words(in: range) { !$0.isSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
        defer { if !continues(range) { flush(&file) } }
        let (holdsPackages, holdsPreprocessor) = (isPackageVariable(variable), isPreprocessorVariable(variable))
        var index = 0
        while index < words.count {
            let word = words[index]
            let text = bytes.text(word)
            let following = index + 1 < words.count ? words[index + 1] : nil
            index += 1
            if text == "\\" { continue }
            switch text {
            case "-syntax":
                guard let following, isSyntax(bytes.text(following)) else {
                    entries.append(withQuotes(word))
                    continue
                }
                let range = ByteRange(word.start, following.end)
                mention(.syntax(bytes.text(following)), range, &file)
                entries.append(withQuotes(range))
                index += 1
            case "-pp", "-p4":
                guard let first = following else {
                    entries.append(word)
                    continue
                }
                let range = ByteRange(word.start, commandEnd(word, first))
                let command = words[index...].filter { $0.end <= range.end }
                if let program = program(of: command) { mention(.preprocessor(program), range, &file) }
                entries.append(range)
                // Behind a quoted command the line goes on.
                let rest = words.firstIndex { $0.start >= range.end } ?? words.count
                guard rest < words.count else { return }
                index = rest
            case "-package", "-packages", "-pkg", "-pkgs", "-tag", "-tags":
                guard let following else {
                    entries.append(withQuotes(word))
                    continue
                }
                let entry = withQuotes(ByteRange(word.start, following.end))
                packages(following, within: entry, &file)
                entries.append(entry)
                index += 1
            case "-ppopt":
                guard let following else {
                    entries.append(withQuotes(word))
                    continue
                }
                let range = withQuotes(ByteRange(word.start, following.end))
                mention(.preprocessor(["camlp4's", bytes.text(range)]), range, &file)
                entries.append(range)
                index += 1
            case _ where eliomTool(text) != nil && !isToldPpx(text):
                guard let tool = eliomTool(text) else { continue }
                // Its first argument says which side it is for, and has to stay the first.
                var range = word
                if tool == "eliomdep" {
                    guard let following else {
                        entries.append(word)
                        continue
                    }
                    range = ByteRange(word.start, following.end)
                    index += 1
                }
                file.mentions.append(
                    Mention(.preprocessor([tool]), at: range, scope: eliomSources(file), statement: statement))
                entries.append(range)
            default:
                if holdsPackages || isSyntaxPackage(word) {
                    packages(word, within: withQuotes(word), &file)
                    entries.append(withQuotes(word))
                } else if holdsPreprocessor, camlp4Program(in: text) != nil {
                    let command = [word] + Array(words[index...])
                    guard let end = command.last else { continue }
                    let range = ByteRange(word.start, end.end)
                    mention(.preprocessor(commandWords(command)), range, &file)
                    entries.append(withQuotes(range))
                    return
                } else if text.utf8.contains(UInt8(ascii: "(")), text.contains(".syntax") {
                    // A call of the project's own, as OMake has them: `UseCamlp4(rpclib.syntax, modules)`.
                    flush(&file)
                    for name in bytes.words(in: word, { $0.isPackageNameByte })
                    where bytes.text(name).hasSuffix(".syntax") {
                        mention(.findlib(bytes.text(name)), name, &file)
                    }
                } else if functions.contains(String(text.prefix { $0 != "(" })), text.utf8.contains(UInt8(ascii: "(")) {
                    // What it does stands in its definition.
                    entries.append(withQuotes(word))
                } else if let program = camlp4Program(in: text), !text.utf8.contains(UInt8(ascii: "=")),
                    !text.hasPrefix("-I")
                {
                    // What is a person's to edit parts the lists: no edit reaches over it.
                    flush(&file)
                    mention(.syntax(text.utf8.contains(UInt8(ascii: "(")) ? program : text), word, &file)
                } else if let name = queried(word) {
                    flush(&file)
                    mention(.findlib(bytes.text(name)), name, &file)
                } else {
                    entries.append(withQuotes(word))
                }
            }
        }
    }

    // MARK: Eliom's compilers

    /// The compiler of Eliom's that a word calls, by its name or through a variable that holds it; each preprocesses with
    /// camlp4 unless it is given `-ppx`. Of a variable its assignment is told, but for eliomdep's.
    private func eliomTool(_ word: String) -> String? {
        if let name = reference(word) { return eliomTools[name] == "eliomdep" ? "eliomdep" : nil }
        return Self.eliomCompilers.contains(word) ? word : nil
    }

    private static let eliomCompilers: Set<String> = ["eliomc", "eliomopt", "eliomcp", "js_of_eliom", "eliomdep"]

    /// Whether some line gives the tool, or the variable that holds it, `-ppx`.
    private func isToldPpx(_ word: String) -> Bool {
        let names = [word] + eliomTools.filter { $0.value == word }.flatMap { ["$(\($0.key))", "${\($0.key)}"] }
        return bytes.lines().contains { line in
            let words = bytes.words(in: withoutComment(line)) { !$0.isSpace }.map(bytes.text)
            return words.contains("-ppx") && words.contains { word in names.contains { word.contains($0) } }
        }
    }

    /// Its own sources; it leaves `.ml` files to the compiler.
    private func eliomSources(_ file: BuildFile) -> SourceScope {
        let globs = ["**/*.eliom", "**/*.eliomi"].compactMap { Glob(Array($0.utf8)).map(TagsPattern.glob) }
        return .pattern(.or(globs), base: file.directory)
    }

    /// `lwt.syntax` of `$(shell ocamlfind query lwt.syntax)` and of a command in backquotes.
    private func queried(_ word: ByteRange) -> ByteRange? {
        let names = bytes.words(in: word) { $0.isPackageNameByte }
        guard names.count == 1, names[0] != word, bytes.text(names[0]).hasSuffix(".syntax") else { return nil }
        return names[0]
    }

    /// The words of a command that runs camlp4, itself or through a variable that holds such a command.
    private func program(of command: [ByteRange]) -> [String]? {
        let words = commandWords(command)
        if words.contains(where: { camlp4Program(in: $0) != nil }) { return words }
        guard let first = words.first, let name = reference(first) else { return nil }
        return commands[name]
    }

    /// What `-syntax` takes: a camlp4, or a variable that holds its name.
    private func isSyntax(_ word: String) -> Bool {
        camlp4Program(in: word) != nil || reference(word).flatMap { commands[$0] } != nil
    }

    /// `NAME` of `$(NAME)` and `${NAME}`.
    private func reference(_ word: String) -> String? {
        let isReference = word.hasPrefix("$(") && word.hasSuffix(")") || word.hasPrefix("${") && word.hasSuffix("}")
        return isReference ? String(word.dropFirst(2).dropLast()) : nil
    }

    private static func functions(in bytes: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for line in bytes.lines() {
            let text = bytes.text(bytes.trimmed(line))
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty, text.hasSuffix("="), text[name.endIndex...].hasPrefix("(") { names.insert(String(name)) }
        }
        return names
    }

    /// The variables of the file that hold a command which runs camlp4.
    private static func commands(_ reader: MakefileReader) -> [String: [String]] {
        var commands: [String: [String]] = [:]
        for line in reader.bytes.lines() {
            guard let (name, start) = reader.assignment(reader.withoutComment(line)) else { continue }
            let words = reader.bytes.words(in: ByteRange(start, reader.withoutComment(line).end)) {
                !$0.isSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
            }.map(reader.bytes.text)
            guard let program = words.first.flatMap({ camlp4Program(in: $0) }), program != "camlp4" || words.count > 1
            else { continue }
            commands[name] = words
        }
        return commands
    }

    private static func eliomTools(_ reader: MakefileReader) -> [String: String] {
        var tools: [String: String] = [:]
        for line in reader.bytes.lines() {
            guard let (name, start) = reader.assignment(reader.withoutComment(line)) else { continue }
            let words = reader.bytes.words(in: ByteRange(start, reader.withoutComment(line).end)) { !$0.isSpace }
            if let tool = words.first.map(reader.bytes.text), eliomCompilers.contains(tool) { tools[name] = tool }
        }
        return tools
    }

    /// With the quotes that stand right around it.
    private func withQuotes(_ range: ByteRange) -> ByteRange {
        guard let quote = bytes.at(range.end), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return range
        }
        // `-tag "x"` has its quote inside, `"-tag x"` around it.
        let inner = bytes.words(in: range) { $0 == quote }
        if inner.count == 1, inner[0].count == 1 { return ByteRange(range.start, range.end + 1) }
        guard bytes.at(range.start - 1) == quote else { return range }
        return ByteRange(range.start - 1, range.end + 1)
    }

    /// Up to the quote that closes `-pp "…"`; without one the command is a single word, behind backslashes several.
    private func commandEnd(_ flag: ByteRange, _ first: ByteRange) -> Int {
        var offset = flag.end
        while let byte = bytes.at(offset), byte == 0x20 || byte == 0x09 { offset += 1 }
        guard let quote = bytes.at(offset), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            var end = first.end
            while let byte = bytes.at(end), !byte.isSpace || byte != 0x0A && bytes.at(end - 1) == UInt8(ascii: "\\") {
                end += 1
            }
            return end
        }
        var end = offset + 1
        while let byte = bytes.at(end), byte != quote, byte != 0x0A { end += 1 }
        return bytes.at(end) == quote ? end + 1 : end
    }

    private func commandWords(_ words: [ByteRange]) -> [String] {
        words.map(bytes.text).filter { $0 != "\\" }
    }

    /// The packages of a comma separated word; tags such as `syntax(camlp4o)` are looked into.
    private func packages(_ word: ByteRange, within entry: ByteRange, _ file: inout BuildFile) {
        let names = bytes.words(in: word) { $0.isPackageNameByte }
        if entry.start < word.start || names.count > 1 {
            let isTagList = bytes.text(word).contains("(")
            file.lists.append(EntryList(isTagList ? tags(word) : names, .tightComma, owner: entry))
        }
        for name in names {
            let text = bytes.text(name)
            if camlp4Program(in: text) == text, text != "camlp4" {
                mention(.syntax(text), name, &file)
            } else if !text.hasPrefix("-") {
                mention(.findlib(text), name, &file)
            }
        }
    }

    /// The tags of a comma separated word: `package(lwt.syntax),syntax(camlp4o)`.
    private func tags(_ word: ByteRange) -> [ByteRange] {
        bytes.words(in: word) { $0 != UInt8(ascii: ",") }
    }

    /// `lwt.syntax`, `lwt.syntax.log`: a package of this name is camlp4's whatever the variable is called.
    private func isSyntaxPackage(_ word: ByteRange) -> Bool {
        let text = bytes.text(word)
        if text.hasSuffix(".syntax") { return true }
        return text.utf8.count > ".syntax.".utf8.count
            && (word.start..<word.end).allSatisfy { bytes.at($0)?.isPackageNameByte ?? false }
            && text.contains(".syntax.")
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
        file.mentions.append(Mention(subject, at: range, scope: scope, statement: statement))
    }
}
