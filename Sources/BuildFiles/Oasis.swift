import Text

extension BuildFormat {
    /// OASIS's `_oasis`: fields, sections of indented fields, `if` conditions, continuation lines.
    ///
    /// Source of the rules: OASIS's manual, chapter "The `_oasis` file".
    /// Some keep it in parts, from which their own scripts make it: files below `oasis/`, and `NAME.oasis`.
    static let oasis = BuildFormat(
        "oasis",
        takes: { path in
            let name = fileName(of: path)
            return ["_oasis", "_oasis.in"].contains(name) || name.hasSuffix(".oasis")
                || fileName(of: directoryName(of: path)) == "oasis" && !name.contains(".")
        }
    ) {
        bytes, file in
        var reader = OasisReader(bytes: bytes)
        reader.read()
        reader.report(into: &file)
    }
}

private struct OasisReader {
    struct Field {
        let name: String
        /// What stands after the colon, continuation lines included.
        let value: ByteRange
        /// All of its lines.
        let lines: ByteRange
    }

    struct Section {
        let kind: String
        let name: String
        var fields: [Field] = []
    }

    let bytes: [UInt8]
    /// The first holds the fields before any section.
    var sections = [Section(kind: "", name: "")]
    var problems: [Problem] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    // MARK: lines to sections

    mutating func read() {
        let lines = bytes.lines()
        var index = 0
        while index < lines.count {
            let line = lines[index]
            index += 1
            let content = bytes.trimmed(line)
            if content.isEmpty || bytes.at(content.start) == UInt8(ascii: "#") { continue }
            let indent = content.start - line.start
            if let (name, valueStart) = field(content) {
                var end = line.end
                while index < lines.count, continues(lines[index], beyond: indent) {
                    end = lines[index].end
                    index += 1
                }
                sections[sections.count - 1].fields.append(
                    Field(
                        name: name, value: ByteRange(valueStart, end),
                        lines: ByteRange(line.start, min(end + 1, bytes.count))))
            } else if !isCondition(content) {
                section(content, indent: indent)
            }
        }
    }

    /// Continuation lines are indented deeper than their field; empty ones end a value only where none follows.
    private func continues(_ line: ByteRange, beyond indent: Int) -> Bool {
        let content = bytes.trimmed(line)
        return !content.isEmpty && content.start - line.start > indent
    }

    /// `Name:`, `Name+:` or `Name$:` at the start of a line.
    private func field(_ content: ByteRange) -> (name: String, valueStart: Int)? {
        var offset = content.start
        while let byte = bytes.at(offset), offset < content.end,
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        {
            offset += 1
        }
        guard offset > content.start else { return nil }
        let name = bytes.text(ByteRange(content.start, offset))
        while let byte = bytes.at(offset), byte == 0x20 || byte == 0x09 { offset += 1 }
        if let byte = bytes.at(offset), byte == UInt8(ascii: "+") || byte == UInt8(ascii: "$") { offset += 1 }
        guard offset < content.end, bytes.at(offset) == UInt8(ascii: ":") else { return nil }
        return (name.lowercased(), offset + 1)
    }

    private func isCondition(_ content: ByteRange) -> Bool {
        let text = bytes.text(content)
        return text == "else" || text.hasPrefix("else ") || text.hasPrefix("if ") || text.hasPrefix("if(")
            || text == "{" || text == "}"
    }

    private mutating func section(_ content: ByteRange, indent: Int) {
        let words = bytes.text(content).split(maxSplits: 1) { $0 == " " || $0 == "\t" }
        let kind = words.first.map { $0.lowercased() } ?? ""
        guard sectionKinds.contains(kind), indent == 0 else {
            problems.append(Problem(content, "neither a field, nor a section, nor a condition"))
            return
        }
        let name = words.dropFirst().first.map { String($0.filter { $0 != "\"" && $0 != "\t" }) } ?? ""
        sections.append(Section(kind: kind, name: name.split(separator: " ").joined(separator: " ")))
    }

    // MARK: sections to mentions

    func report(into file: inout BuildFile) {
        file.problems = problems
        // A part below `oasis/` speaks of what lies beside that directory.
        let directory = fileName(of: file.directory) == "oasis" ? directoryName(of: file.directory) : file.directory
        for section in sections {
            let builds = buildingKinds.contains(section.kind)
            let scope = builds ? self.scope(of: section, in: directory) : nil
            let component = section.kind.isEmpty ? nil : "\(section.kind) \(section.name)"
            if let scope, let component, !isFalse(section, "build") {
                file.components.append(
                    Component(
                        name: component, scope: scope, isOASIS: true, findlib: findlibName(of: section),
                        isOptional: value("build", of: section).map { $0.contains("flag(") } ?? false,
                        main: value("mainis", of: section).map {
                            joined(joined(directory, value("path", of: section) ?? "."), $0)
                        }))
                file.governs.append(scope)
            }
            // Fields before the sections are inherited by all that is built.
            let reach = section.kind.isEmpty ? SourceScope.tree(directory) : scope
            for field in section.fields { mention(field, reach, component, &file) }
            archives(section, component, &file)
        }
    }

    private func scope(of section: Section, in directory: String) -> SourceScope {
        let path = section.fields.last { $0.name == "path" }.map { bytes.text(bytes.trimmed($0.value)) } ?? "."
        let root = joined(directory, path)
        var directories = [root]
        for field in section.fields where ["modules", "internalmodules", "mainis"].contains(field.name) {
            for word in bytes.words(in: field.value, { !$0.isSpace && $0 != UInt8(ascii: ",") }) {
                let place = directoryName(of: joined(root, bytes.text(word)))
                if !directories.contains(place) { directories.append(place) }
            }
        }
        return .directories(directories)
    }

    /// `FindlibName` below that of `FindlibParent`, which names a section.
    private func findlibName(of section: Section) -> String? {
        guard section.kind == "library" || section.kind == "object" else { return nil }
        var parts: [String] = []
        var current: Section? = section
        // Parents that go in a circle end the walk.
        while let section = current, parts.count < 20 {
            parts.append(value("findlibname", of: section) ?? section.name)
            let parent = value("findlibparent", of: section)
            current = parent.flatMap { name in sections.first { $0.kind == "library" && $0.name == name } }
        }
        return parts.reversed().joined(separator: ".")
    }

    private func value(_ name: String, of section: Section) -> String? {
        section.fields.last { $0.name == name }.map { bytes.text(bytes.trimmed($0.value)) }
    }

    private func isFalse(_ section: Section, _ name: String) -> Bool {
        section.fields.last { $0.name == name }.map { bytes.text(bytes.trimmed($0.value)) == "false" } ?? false
    }

    private func mention(_ field: Field, _ scope: SourceScope?, _ component: String?, _ file: inout BuildFile) {
        switch field.name {
        case "builddepends", "xmetarequires":
            // What META requires is needed by the users of a library, and turns nothing on here.
            let reach = field.name == "builddepends" ? scope : nil
            let names = packageNames(field.value, &file)
            file.lists.append(
                EntryList(
                    names.map { withConstraint($0, field.value) }, .comma, owner: field.lines, hasConstraints: true))
            for range in names {
                file.mentions.append(
                    Mention(.findlib(bytes.text(range)), at: range, scope: reach, component: component))
            }
        case "buildtools":
            let words = bytes.words(in: field.value) { !$0.isSpace && $0 != UInt8(ascii: ",") }
            file.lists.append(EntryList(words, .comma, owner: field.lines))
            for word in words {
                guard let program = camlp4Program(in: bytes.text(word)) else { continue }
                file.mentions.append(Mention(.syntax(program), at: word, scope: nil, component: component))
            }
        case "byteopt", "nativeopt": options(field, scope, component, &file)
        default: break
        }
    }

    /// Options of the compiler, each with its argument.
    private func options(
        _ field: Field, _ scope: SourceScope?, _ component: String?, _ file: inout BuildFile
    ) {
        let words = bytes.words(in: field.value) { !$0.isSpace }
        var entries: [ByteRange] = []
        var index = 0
        while index < words.count {
            var entry = words[index]
            var name = entry
            index += 1
            if ["-syntax", "-pp", "-ppopt", "-package"].contains(bytes.text(entry)), index < words.count {
                name = words[index]
                entry = ByteRange(entry.start, name.end)
                index += 1
            }
            entries.append(entry)
            let text = bytes.text(entry)
            if text.hasPrefix("-package"), name != entry {
                file.mentions.append(
                    Mention(.findlib(bytes.text(name)), at: entry, scope: scope, component: component, name: name))
            } else if let program = camlp4Program(in: text) {
                file.mentions.append(Mention(.syntax(program), at: entry, scope: scope, component: component))
            }
        }
        file.lists.append(EntryList(entries, .blank, owner: field.lines))
    }

    /// A name with the bound that stands behind it: `lwt (>= 2.4)`.
    private func withConstraint(_ name: ByteRange, _ value: ByteRange) -> ByteRange {
        var offset = name.end
        while offset < value.end, let byte = bytes.at(offset), byte.isSpace { offset += 1 }
        guard offset < value.end, bytes.at(offset) == UInt8(ascii: "(") else { return name }
        var depth = 0
        while offset < value.end, let byte = bytes.at(offset) {
            offset += 1
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return ByteRange(name.start, offset) }
        }
        return name
    }

    /// The names of a comma separated list, without version constraints and comments.
    private func packageNames(_ value: ByteRange, _ file: inout BuildFile) -> [ByteRange] {
        var names: [ByteRange] = []
        var offset = value.start
        var depth = 0
        defer { if depth > 0 { file.problems.append(Problem(value, "'(' without ')'")) } }
        while offset < value.end, let byte = bytes.at(offset) {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
            if byte == UInt8(ascii: "#") {
                while offset < value.end, bytes.at(offset) != 0x0A { offset += 1 }
                continue
            }
            guard depth == 0, byte.isLetter || byte == UInt8(ascii: "_") else {
                offset += 1
                continue
            }
            let start = offset
            while offset < value.end, let next = bytes.at(offset), next.isPackageNameByte { offset += 1 }
            names.append(ByteRange(start, offset))
        }
        return names
    }

    /// A library whose META type is `syntax` provides an extension itself.
    private func archives(_ section: Section, _ component: String?, _ file: inout BuildFile) {
        for field in section.fields where field.name == "xmetatype" {
            let value = bytes.trimmed(field.value)
            guard bytes.text(value) == "syntax" else { continue }
            file.mentions.append(Mention(.archive(section.name), at: value, scope: nil, component: component))
        }
    }
}

private let sectionKinds: Set<String> = [
    "library", "object", "executable", "test", "document", "flag", "sourcerepository", "doc",
]
private let buildingKinds: Set<String> = ["library", "object", "executable"]
