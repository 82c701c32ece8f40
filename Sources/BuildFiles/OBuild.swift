import Text

extension BuildFormat {
    /// obuild's `NAME.obuild`: sections of indented fields, of which `pp:` turns a camlp4 on and `build-deps:` names findlib
    /// packages. Nothing is edited: which obuild runs a ppx is not known.
    ///
    /// Source of the rules: obuild's documentation, OBUILD_SPEC.
    static let obuild = BuildFormat("obuild", takes: { $0.hasSuffix(".obuild") }) { bytes, file in
        var section = OBuildSection(name: nil, scope: .tree(file.directory))
        var field = ""
        for line in bytes.lines() {
            let content = bytes.trimmed(line)
            guard !content.isEmpty, bytes.at(content.start) != UInt8(ascii: "#") else { continue }
            let words = bytes.words(in: content) { !$0.isSpace }
            let isIndented = content.start > line.start
            if let colon = (content.start..<content.end).first(where: { bytes.at($0) == UInt8(ascii: ":") }) {
                field = bytes.text(bytes.trimmed(ByteRange(content.start, colon))).lowercased()
                section.read(field, ByteRange(colon + 1, content.end), bytes, &file)
            } else if isIndented {
                // A value goes on over deeper lines.
                section.read(field, content, bytes, &file)
            } else {
                section.report(into: &file)
                let kind = words.first.map(bytes.text) ?? ""
                let name = words.dropFirst().first.map(bytes.text)
                section = OBuildSection(name: name.map { "\(kind) \($0)" }, scope: .tree(file.directory))
                field = ""
            }
        }
        section.report(into: &file)
    }
}

/// What a section of an obuild file says; where its sources lie may come last.
private struct OBuildSection {
    let name: String?
    var scope: SourceScope
    private var subjects: [(Mention.Subject, ByteRange)] = []

    init(name: String?, scope: SourceScope) {
        self.name = name
        self.scope = scope
    }

    mutating func read(_ field: String, _ value: ByteRange, _ bytes: [UInt8], _ file: inout BuildFile) {
        let words = bytes.words(in: value) { !$0.isSpace && $0 != UInt8(ascii: ",") }
        switch field {
        case "src-dir", "srcdir", "path":
            scope = .directories(words.map { joined(file.directory, bytes.text($0)) })
        case "build-deps", "builddeps":
            for word in words { subjects.append((.findlib(bytes.text(word)), word)) }
        case "pp":
            guard words.contains(where: { camlp4Program(in: bytes.text($0)) != nil }) else { return }
            subjects.append((.preprocessor(words.map(bytes.text)), bytes.trimmed(value)))
        default: break
        }
    }

    func report(into file: inout BuildFile) {
        if let name { file.components.append(Component(name: name, scope: scope)) }
        if name != nil { file.governs.append(scope) }
        for (subject, range) in subjects {
            file.mentions.append(Mention(subject, at: range, scope: scope, component: name))
        }
    }
}
