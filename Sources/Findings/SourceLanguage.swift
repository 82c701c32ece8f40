import BuildFiles

/// Which files are sources, and which of their bytes are OCaml.
package enum SourceLanguage: Sendable {
    case ocaml
    /// ocamllex: OCaml between top-level braces.
    case lexer
    /// ocamlyacc, menhir: OCaml in `%{ … %}`, in the braces of actions, and after the second `%%`.
    case grammar

    private static let suffixes: Set<String> = [
        "ml", "mli", "eliom", "eliomi", "ml4", "mli4", "mlp", "mlpp", "mlip", "mlt", "mlc4", "mll", "mly", "ml5",
        "mlg4",
    ]

    /// Whether a file of this name is a source that a scan reads.
    package static func isSource(fileName: String) -> Bool {
        guard let dot = fileName.lastIndex(of: "."), dot != fileName.startIndex else { return false }
        return suffixes.contains(String(fileName[fileName.index(after: dot)...]))
    }

    /// The source that a build makes of a template by filling in its blanks: `config.ml` of `config.ml.in`; nil for others.
    package static func source(ofTemplate path: String) -> String? {
        guard let dot = path.lastIndex(of: "."), ["in", "ab", "cppo"].contains(path[path.index(after: dot)...]) else {
            return nil
        }
        let made = String(path[..<dot])
        return isSource(fileName: BuildFiles.fileName(of: made)) ? made : nil
    }

    /// Whether a file of this name holds signature items.
    package static func isInterface(path: String) -> Bool {
        [".mli", ".eliomi", ".mli4", ".mlip"].contains { path.hasSuffix($0) }
    }

    package static func of(path: String) -> SourceLanguage {
        if path.hasSuffix(".mll") { return .lexer }
        return path.hasSuffix(".mly") ? .grammar : .ocaml
    }

    /// The bytes with everything that is no OCaml blanked out; offsets and lines stay.
    package func code(in bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .ocaml: bytes
        case .lexer: BraceReader(bytes: bytes, grammar: false).code()
        case .grammar: BraceReader(bytes: bytes, grammar: true).code()
        }
    }
}

/// Finds the OCaml in ocamllex and ocamlyacc files by their braces.
private struct BraceReader {
    let bytes: [UInt8]
    let grammar: Bool

    func code() -> [UInt8] {
        var code = bytes.map { $0 == 0x0A || $0 == 0x0D ? $0 : 0x20 }
        var offset = 0
        var sections = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "{"):
                let end = closing(from: offset + 1)
                keep(offset + 1, end, &code)
                offset = end + 1
            case UInt8(ascii: "%") where grammar && next(offset) == UInt8(ascii: "{"):
                let end = headerEnd(from: offset + 2)
                keep(offset + 2, end, &code)
                offset = end + 2
            case UInt8(ascii: "%") where grammar && next(offset) == UInt8(ascii: "%"):
                sections += 1
                offset += 2
                if sections == 2 {
                    keep(offset, bytes.count, &code)
                    return code
                }
            case UInt8(ascii: "(") where next(offset) == UInt8(ascii: "*"): offset = commentEnd(from: offset + 2)
            case UInt8(ascii: "/") where grammar && next(offset) == UInt8(ascii: "*"):
                offset = slashCommentEnd(from: offset + 2)
            case UInt8(ascii: "\""): offset = stringEnd(from: offset + 1)
            case UInt8(ascii: "'"): offset = characterEnd(from: offset)
            default: offset += 1
            }
        }
        return code
    }

    /// What stands in braces becomes code; `;;` at its edges keeps one action from running into the next. The bytes beside a
    /// piece are never part of another: at least the bracket stands there.
    private func keep(_ start: Int, _ end: Int, _ code: inout [UInt8]) {
        let end = min(end, bytes.count)
        guard start <= end else { return }
        for offset in start..<end { code[offset] = bytes[offset] }
        for edge in [start - 2, start - 1, end, end + 1] where code.indices.contains(edge) {
            code[edge] = UInt8(ascii: ";")
        }
    }

    private func next(_ offset: Int) -> UInt8? { bytes.indices.contains(offset + 1) ? bytes[offset + 1] : nil }

    private func closing(from start: Int) -> Int {
        var depth = 0
        var offset = start
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                if depth == 0 { return offset }
                depth -= 1
            case UInt8(ascii: "(") where next(offset) == UInt8(ascii: "*"):
                offset = commentEnd(from: offset + 2)
                continue
            case UInt8(ascii: "\""):
                offset = stringEnd(from: offset + 1)
                continue
            case UInt8(ascii: "'"):
                offset = characterEnd(from: offset)
                continue
            default: break
            }
            offset += 1
        }
        return bytes.count
    }

    private func headerEnd(from start: Int) -> Int {
        var offset = start
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "%"), next(offset) == UInt8(ascii: "}") { return offset }
            offset += 1
        }
        return bytes.count
    }

    private func commentEnd(from start: Int) -> Int {
        var depth = 1
        var offset = start
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "("), next(offset) == UInt8(ascii: "*") {
                depth += 1
                offset += 2
            } else if bytes[offset] == UInt8(ascii: "*"), next(offset) == UInt8(ascii: ")") {
                depth -= 1
                offset += 2
                if depth == 0 { return offset }
            } else {
                offset += 1
            }
        }
        return bytes.count
    }

    private func slashCommentEnd(from start: Int) -> Int {
        var offset = start
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "*"), next(offset) == UInt8(ascii: "/") { return offset + 2 }
            offset += 1
        }
        return bytes.count
    }

    private func stringEnd(from start: Int) -> Int {
        var offset = start
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(offset + 1, bytes.count)
    }

    /// Behind a character literal; behind the quote alone where it is a type variable's or a name's.
    private func characterEnd(from quote: Int) -> Int {
        if next(quote) == UInt8(ascii: "\\") {
            var offset = quote + 3
            while offset < min(quote + 7, bytes.count) {
                if bytes[offset] == UInt8(ascii: "'") { return offset + 1 }
                offset += 1
            }
            return quote + 1
        }
        return bytes.indices.contains(quote + 2) && bytes[quote + 2] == UInt8(ascii: "'") ? quote + 3 : quote + 1
    }
}
