package import Text

extension BuildFormat {
    /// dune's `dune` and its forerunner's `jbuild`: stanzas of s-expressions.
    static let dune = BuildFormat(
        "dune", takes: { ["dune", "jbuild", "dune.inc", "jbuild.inc"].contains(fileName(of: $0)) }
    ) {
        bytes, file in
        var parser = SExpressionParser(bytes: bytes)
        let stanzas = parser.parse()
        file.problems = parser.problems
        let isJbuild = fileName(of: file.path).hasPrefix("jbuild")
        for stanza in stanzas { DuneStanza(stanza, bytes: bytes, isJbuild: isJbuild).report(into: &file) }
        file.governs = [.directories([file.directory])]
    }
}

/// A node of an s-expression; lists know their whole range, brackets included.
package struct SExpression: Sendable {
    package let range: ByteRange
    /// Nil for an atom.
    package var items: [SExpression]?
}

/// Reads a dune file's text; what does not close or open is in `problems`, and the rest is read on.
package struct SExpressionParser {
    let bytes: [UInt8]
    var problems: [Problem] = []
    private let depthLimit = 500

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package mutating func parse() -> [SExpression] {
        var open: [(start: Int, items: [SExpression])] = [(0, [])]
        var offset = 0
        while let byte = bytes.at(offset) {
            if byte.isSpace {
                offset += 1
            } else if byte == UInt8(ascii: ";") {
                while let byte = bytes.at(offset), byte != 0x0A { offset += 1 }
            } else if byte == UInt8(ascii: "(") {
                guard open.count < depthLimit else {
                    problems.append(Problem(ByteRange(offset, offset + 1), "nested too deeply"))
                    break
                }
                open.append((offset, []))
                offset += 1
            } else if byte == UInt8(ascii: ")") {
                offset += 1
                guard open.count > 1, let closed = open.popLast() else {
                    problems.append(Problem(ByteRange(offset - 1, offset), "')' without '('"))
                    continue
                }
                open[open.count - 1].items.append(
                    SExpression(range: ByteRange(closed.start, offset), items: closed.items))
            } else {
                let end = atomEnd(from: offset)
                open[open.count - 1].items.append(SExpression(range: ByteRange(offset, end), items: nil))
                offset = end
            }
        }
        while open.count > 1, let unclosed = open.popLast() {
            problems.append(Problem(ByteRange(unclosed.start, unclosed.start + 1), "'(' without ')'"))
            open[open.count - 1].items.append(
                SExpression(range: ByteRange(unclosed.start, bytes.count), items: unclosed.items))
        }
        return open[0].items
    }

    private func atomEnd(from start: Int) -> Int {
        var end = start
        if bytes.at(start) == UInt8(ascii: "\"") {
            end += 1
            while let byte = bytes.at(end), byte != UInt8(ascii: "\"") { end += byte == UInt8(ascii: "\\") ? 2 : 1 }
            return min(end + 1, bytes.count)
        }
        while let byte = bytes.at(end), !byte.isSpace, byte != UInt8(ascii: "("), byte != UInt8(ascii: ")"),
            byte != UInt8(ascii: ";")
        {
            end += 1
        }
        return max(end, start + 1)
    }
}

/// One stanza such as `(library …)`.
private struct DuneStanza {
    private let bytes: [UInt8]
    private let kind: String
    private let fields: [SExpression]
    private let isJbuild: Bool

    init(_ stanza: SExpression, bytes: [UInt8], isJbuild: Bool) {
        self.bytes = bytes
        self.isJbuild = isJbuild
        let items = stanza.items ?? []
        kind = items.first.map { bytes.text($0.range) } ?? ""
        // Old jbuild files wrap the fields of a stanza in one more list.
        if items.count == 2, let inner = items[1].items, inner.first?.items != nil {
            fields = inner
        } else {
            fields = Array(items.dropFirst())
        }
    }

    func report(into file: inout BuildFile) {
        guard ["library", "executable", "executables", "test", "tests", "env"].contains(kind) else { return }
        let scope = scope(in: file.directory)
        let name = fields.lazy.compactMap { self.values(of: $0, named: ["name", "names"]) }.first?.first
        let component = name.map { "\(kind.hasSuffix("s") ? String(kind.dropLast()) : kind) \(bytes.text($0.range))" }
        if let component { file.components.append(Component(name: component, scope: scope)) }
        for field in fields {
            if let libraries = values(of: field, named: ["libraries"]) {
                file.lists.append(EntryList(libraries.map(\.range), .blank))
                for library in libraries where library.items == nil {
                    file.mentions.append(
                        Mention(
                            .findlib(bytes.text(library.range)), at: library.range, scope: scope, component: component))
                }
            } else if let preprocessing = values(
                of: field, named: ["preprocess", "flags", "ocamlc_flags", "ocamlopt_flags"])
            {
                for item in preprocessing {
                    let parts = perModule(item)
                    for (part, modules) in parts {
                        let reach = modules.map { SourceScope.modules($0, directory: file.directory) } ?? scope
                        let known = file.mentions.count
                        preprocessors(part, reach, component, &file)
                        let isWhole = modules == nil && preprocessing.count == 1
                        guard isPreprocess(field), part.items != nil else { continue }
                        for mention in file.mentions[known...] {
                            file.actions[mention.range] = PreprocessingAction(
                                action: part.range, field: isWhole ? field.range : nil, isJbuild: isJbuild)
                        }
                    }
                }
            }
        }
    }

    private func isPreprocess(_ field: SExpression) -> Bool {
        field.items?.first.map { bytes.text($0.range) } == "preprocess"
    }

    /// The parts of a `per_module` with the modules that each is for; anything else is one part for all modules.
    ///
    /// dune writes `(per_module (SPEC m1 m2) …)`, jbuild `(per_module ((SPEC (m1 m2)) …))`.
    private func perModule(_ item: SExpression) -> [(SExpression, modules: [String]?)] {
        guard let items = item.items, let head = items.first, bytes.text(head.range) == "per_module" else {
            return [(item, nil)]
        }
        var entries = Array(items.dropFirst())
        if entries.count == 1, let inner = entries[0].items, inner.first?.items?.first?.items != nil { entries = inner }
        return entries.compactMap { entry in
            guard let parts = entry.items, let specification = parts.first else { return nil }
            let names = parts.dropFirst().flatMap { $0.items ?? [$0] }.map { bytes.text($0.range) }
            return (specification, names.map { $0.prefix(1).uppercased() + $0.dropFirst() })
        }
    }

    /// Commands below `item` that run camlp4, and words that name it outside of a command.
    private func preprocessors(
        _ item: SExpression, _ scope: SourceScope, _ component: String?, _ file: inout BuildFile
    ) {
        var pending = [item]
        while let node = pending.popLast() {
            guard let items = node.items else {
                if camlp4Program(in: bytes.text(node.range)) != nil {
                    let words = bytes.words(in: node.range) { !$0.isSpace && $0 != UInt8(ascii: "\"") }.map(bytes.text)
                    file.mentions.append(
                        Mention(.preprocessor(words), at: node.range, scope: scope, component: component))
                }
                continue
            }
            if items.first.map({ bytes.text($0.range) }) == "pps" {
                let names = items.dropFirst().flatMap { $0.items ?? [$0] }.filter { $0.items == nil }
                for name in names where !bytes.text(name.range).hasPrefix("-") {
                    file.mentions.append(
                        Mention(.findlib(bytes.text(name.range)), at: name.range, scope: scope, component: component))
                }
                continue
            }
            let atoms = items.filter { $0.items == nil }.map { bytes.text($0.range) }
            let isCommand = ["run", "system", "bash"].contains(atoms.first)
            if isCommand, atoms.contains(where: { camlp4Program(in: $0) != nil }) {
                let words = Array(atoms.dropFirst())
                // From the program to its last argument: the action around it is dune's.
                let program = items.first { camlp4Program(in: bytes.text($0.range)) != nil }
                let range = ByteRange(program?.range.start ?? node.range.start, items.last?.range.end ?? node.range.end)
                file.mentions.append(Mention(.preprocessor(words), at: range, scope: scope, component: component))
            } else {
                pending += items.reversed()
            }
        }
    }

    private func scope(in directory: String) -> SourceScope {
        for field in fields {
            guard let modules = values(of: field, named: ["modules"]), modules.allSatisfy({ $0.items == nil }) else {
                continue
            }
            let names = modules.map { bytes.text($0.range) }
            // `:standard` and set operations mean "all but": the whole directory is the safer answer.
            if names.contains(where: { $0.hasPrefix(":") || $0.hasPrefix("\\") }) { break }
            return .modules(names.map { $0.prefix(1).uppercased() + $0.dropFirst() }, directory: directory)
        }
        return .directories([directory])
    }

    /// What follows the name in `(name …)`, a single list of values unwrapped; nil where the field has another name.
    private func values(of field: SExpression, named names: [String]) -> [SExpression]? {
        guard let items = field.items, let head = items.first, names.contains(bytes.text(head.range)) else {
            return nil
        }
        if items.count == 2, let inner = items[1].items, inner.allSatisfy({ $0.items == nil }), names != ["preprocess"],
            !names.contains("preprocess")
        {
            return inner
        }
        return Array(items.dropFirst())
    }
}
