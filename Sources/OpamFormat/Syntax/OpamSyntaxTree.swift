package import Text

/// A value of an opam file, as the format's grammar has it, with the bytes it stands on.
package struct OpamValue: Sendable {
    package indirect enum Kind: Sendable {
        case bool
        case int
        /// Any string; `OpamSyntaxTree.text(of:)` decodes it.
        case string
        case ident
        /// `left op right` between two atoms.
        case relop(Relop, OpamValue, OpamValue)
        /// `op atom`, as in `{>= "1.0"}`.
        case prefixRelop(Relop, OpamValue)
        /// A chain of two or more operands joined by the same operator, read from the left.
        case and([OpamValue])
        case or([OpamValue])
        case not(OpamValue)
        /// The unary `?`.
        case defined(OpamValue)
        case list([OpamValue])
        case group([OpamValue])
        /// `value {…}`.
        case option(OpamValue, [OpamValue])
        case environmentBinding(OpamValue, operator: ByteRange, OpamValue)
    }

    package var kind: Kind
    package var range: ByteRange
}

/// A field or a section of an opam file.
package enum OpamItem: Sendable {
    case field(name: String, nameRange: ByteRange, value: OpamValue)
    case section(kind: String, name: String?, items: [OpamItem], range: ByteRange)
}

/// A comparison of versions. The format's `~` is read as `>=`, as the reference does.
package enum Relop: UInt8, Sendable, Hashable {
    case equal, notEqual, greaterOrEqual, greater, lessOrEqual, less

    package var spelling: String {
        switch self {
        case .equal: "="
        case .notEqual: "!="
        case .greaterOrEqual: ">="
        case .greater: ">"
        case .lessOrEqual: "<="
        case .less: "<"
        }
    }

    package var negated: Relop {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .greaterOrEqual: .less
        case .greater: .lessOrEqual
        case .lessOrEqual: .greater
        case .less: .greaterOrEqual
        }
    }

    /// Whether the comparison holds where comparing left with right gave `order` (negative, 0 or positive).
    package func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .greaterOrEqual: order >= 0
        case .greater: order > 0
        case .lessOrEqual: order <= 0
        case .less: order < 0
        }
    }
}

/// An opam file, lossless: its bytes, the tokens that tile them, and the tree over them.
///
/// Parsing never fails: what the format does not allow is in `errors` (empty exactly if the reference parser accepts the
/// file), and the items that could be read are there all the same.
package struct OpamSyntaxTree: Sendable {
    /// The error where nesting goes beyond what is read; the reference has no such limit but its memory.
    package static let tooDeep = "nested deeper than \(OpamParser.depthLimit) levels"

    package let bytes: [UInt8]
    package let tokens: [OpamToken]
    package let items: [OpamItem]
    package let errors: [OpamError]
    /// Made anew at each use: it is wanted for errors only.
    package var lines: LineTable { LineTable(bytes) }

    package init(parsing bytes: [UInt8]) {
        var parser = OpamParser(bytes)
        self.bytes = bytes
        items = parser.file()
        tokens = parser.tokens
        errors = parser.sortedErrors()
    }

    /// The file again, put together from its tokens.
    package func printed() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for token in tokens { output.append(contentsOf: bytes[token.range.start..<token.range.end]) }
        return output
    }

    /// The bytes under a value, as they stand.
    package func source(of value: OpamValue) -> ArraySlice<UInt8> {
        bytes[value.range.start..<value.range.end]
    }

    /// The meaning of a string with its escapes resolved, or the spelling of any other value. Bytes, since old files are
    /// often Latin-1.
    package func bytes(of value: OpamValue) -> [UInt8] {
        guard case .string = value.kind else { return Array(source(of: value)) }
        return Self.decodeString(bytes, value.range)
    }

    /// `bytes(of:)` as text; bytes that are no UTF-8 become U+FFFD.
    package func text(of value: OpamValue) -> String {
        guard case .string = value.kind else { return String(decoding: source(of: value), as: UTF8.self) }
        let inner = bytes[min(value.range.start + 1, value.range.end)..<max(value.range.end - 1, value.range.start)]
        if inner.first != UInt8(ascii: "\""), !inner.contains(UInt8(ascii: "\\")), !inner.contains(0x0D) {
            return String(decoding: inner, as: UTF8.self)
        }
        return String(decoding: bytes(of: value), as: UTF8.self)
    }

    /// A string token's meaning. Line ends inside it count as `\n`, also where they are CR LF.
    static func decodeString(_ bytes: [UInt8], _ range: ByteRange) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let isTriple =
            range.count >= 6 && bytes[range.start + 1] == quote && bytes[range.start + 2] == quote
        let margin = isTriple ? 3 : 1
        var output: [UInt8] = []
        var index = range.start + margin
        let end = range.end - margin
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), let length = OpamStringEscape.length(in: bytes, at: index) {
                if let value = OpamStringEscape.value(in: bytes, at: index) { output.append(value) }
                index += length
            } else if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                index += 1
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }
}
