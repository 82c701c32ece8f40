import Text

/// Reads tokens into items by the reference grammar of the opam file format.
///
/// From loose to tight: `|`, `&` (both to the left), `!` and `?`, `{…}` behind a value, comparisons between atoms. Errors
/// are collected; after one, reading goes on at the next line that starts a field or a section.
struct OpamParser {
    let tokens: [OpamToken]
    private let bytes: [UInt8]
    /// Indices of the tokens that are not trivia.
    private let significant: [Int32]
    private var position = 0
    private var depth = 0
    private var errors: [(message: String, offset: Int)]

    /// Nesting deeper than this is an error, so that hostile input cannot exhaust the stack. Real files stay below 10.
    static let depthLimit = 200

    private struct Unreadable: Error {}

    init(_ bytes: [UInt8]) {
        let lexer = OpamLexer(bytes)
        self.bytes = bytes
        tokens = lexer.tokens
        errors = lexer.errors
        var significant: [Int32] = []
        significant.reserveCapacity(lexer.tokens.count / 2)
        for (index, token) in lexer.tokens.enumerated() where !token.kind.isTrivia { significant.append(Int32(index)) }
        self.significant = significant
    }

    func sortedErrors() -> [OpamError] {
        guard !errors.isEmpty else { return [] }
        let lines = LineTable(bytes)
        return errors.sorted { $0.offset < $1.offset }.map { OpamError($0.message, at: lines.position(of: $0.offset)) }
    }

    // main: items EOF
    mutating func file() -> [OpamItem] {
        var items: [OpamItem] = []
        while kind() != nil {
            let start = position
            do {
                items.append(try item())
            } catch {
                recover(from: start)
            }
        }
        checkOpamVersion(items)
        return items
    }

    // MARK: Tokens

    private func kind(_ ahead: Int = 0) -> OpamTokenKind? {
        position + ahead < significant.count ? tokens[Int(significant[position + ahead])].kind : nil
    }

    private func range(_ ahead: Int = 0) -> ByteRange {
        position + ahead < significant.count
            ? tokens[Int(significant[position + ahead])].range : ByteRange(bytes.count, bytes.count)
    }

    private mutating func advance() -> ByteRange {
        defer { position += 1 }
        return range()
    }

    private var previousEnd: Int {
        position > 0 && position <= significant.count ? tokens[Int(significant[position - 1])].range.end : 0
    }

    private mutating func fail(_ expected: String) -> Unreadable {
        // The lexer has said it already where the token itself is broken.
        if kind() != .invalid {
            let found =
                kind() == nil
                ? "the end of the file"
                : "`\(String(decoding: bytes[range().start..<min(range().end, range().start + 40)], as: UTF8.self))`"
            errors.append(("expected \(expected), found \(found)", range().start))
        }
        return Unreadable()
    }

    private mutating func expect(_ wanted: OpamTokenKind, _ name: String) throws(Unreadable) -> ByteRange {
        guard kind() == wanted else { throw fail(name) }
        return advance()
    }

    private mutating func deeper<Result>(
        _ body: (inout OpamParser) throws(Unreadable) -> Result
    ) throws(Unreadable) -> Result {
        guard depth < Self.depthLimit else {
            errors.append((OpamSyntaxTree.tooDeep, range().start))
            throw Unreadable()
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// Skips from the item that could not be read to the next word at the start of a line that opens a field or a
    /// section: no value holds one, so it is searched for from the start of the item, not from where reading stopped.
    private mutating func recover(from start: Int) {
        depth = 0
        position = start + 1
        while let next = kind() {
            let start = range().start
            let atLineStart = start == 0 || bytes[start - 1] == 0x0A
            if next == .ident, atLineStart, [.colon, .leftBrace, .string].contains(kind(1)) { return }
            position += 1
        }
    }

    // MARK: Items

    // item: IDENT ":" value | IDENT [STRING] "{" items "}"
    private mutating func item() throws(Unreadable) -> OpamItem {
        let nameRange = try expect(.ident, "a field or a section")
        let name = text(nameRange)
        switch kind() {
        case .colon:
            _ = advance()
            return .field(name: name, nameRange: nameRange, value: try value())
        case .leftBrace:
            return try section(name, named: nil, from: nameRange.start)
        case .string, .tripleQuotedString:
            let title = advance()
            guard kind() == .leftBrace else { throw fail("`{` of a section") }
            let decoded = String(decoding: OpamSyntaxTree.decodeString(bytes, title), as: UTF8.self)
            return try section(name, named: decoded, from: nameRange.start)
        default:
            throw fail("`:` or `{` after `\(name)`")
        }
    }

    private mutating func section(_ kind: String, named name: String?, from start: Int) throws(Unreadable) -> OpamItem {
        _ = advance()
        let items = try deeper { (parser) throws(Unreadable) in
            var items: [OpamItem] = []
            while parser.kind() == .ident { items.append(try parser.item()) }
            _ = try parser.expect(.rightBrace, "a field or `}`")
            return items
        }
        return .section(kind: kind, name: name, items: items, range: ByteRange(start, previousEnd))
    }

    // MARK: Values

    private mutating func value() throws(Unreadable) -> OpamValue {
        try deeper { (parser) throws(Unreadable) in try parser.disjunction() }
    }

    private mutating func disjunction() throws(Unreadable) -> OpamValue {
        let first = try conjunction()
        guard kind() == .or else { return first }
        var operands = [first]
        while kind() == .or {
            _ = advance()
            operands.append(try conjunction())
        }
        return OpamValue(kind: .or(operands), range: ByteRange(first.range.start, previousEnd))
    }

    private mutating func conjunction() throws(Unreadable) -> OpamValue {
        let first = try optioned()
        guard kind() == .and else { return first }
        var operands = [first]
        while kind() == .and {
            _ = advance()
            operands.append(try optioned())
        }
        return OpamValue(kind: .and(operands), range: ByteRange(first.range.start, previousEnd))
    }

    private mutating func optioned() throws(Unreadable) -> OpamValue {
        var result = try simple()
        var nesting = 0
        while kind() == .leftBrace {
            nesting += 1
            guard nesting + depth < Self.depthLimit else {
                errors.append((OpamSyntaxTree.tooDeep, range().start))
                throw Unreadable()
            }
            let start = result.range.start
            _ = advance()
            let constraints = try values(until: .rightBrace, "a value or `}`")
            result = OpamValue(kind: .option(result, constraints), range: ByteRange(start, previousEnd))
        }
        return result
    }

    private mutating func simple() throws(Unreadable) -> OpamValue {
        let start = range().start
        switch kind() {
        case .leftParenthesis:
            _ = advance()
            let values = try values(until: .rightParenthesis, "a value or `)`")
            return OpamValue(kind: .group(values), range: ByteRange(start, previousEnd))
        case .leftBracket:
            _ = advance()
            let values = try values(until: .rightBracket, "a value or `]`")
            return OpamValue(kind: .list(values), range: ByteRange(start, previousEnd))
        case .prefixOperator:
            let negates = bytes[advance().start] == UInt8(ascii: "!")
            let operand = try deeper { (parser) throws(Unreadable) in try parser.optioned() }
            let range = ByteRange(start, previousEnd)
            return OpamValue(kind: negates ? .not(operand) : .defined(operand), range: range)
        case .relop:
            let comparison = relop(advance())
            let operand = try atom()
            return OpamValue(kind: .prefixRelop(comparison, operand), range: ByteRange(start, previousEnd))
        default:
            return try comparison()
        }
    }

    private mutating func comparison() throws(Unreadable) -> OpamValue {
        let left = try atom()
        switch kind() {
        case .relop:
            let comparison = relop(advance())
            let right = try atom()
            return OpamValue(
                kind: .relop(comparison, left, right), range: ByteRange(left.range.start, right.range.end))
        case .environmentOperator:
            let update = advance()
            let right = try atom()
            return OpamValue(
                kind: .environmentBinding(left, operator: update, right),
                range: ByteRange(left.range.start, right.range.end))
        default: return left
        }
    }

    private mutating func atom() throws(Unreadable) -> OpamValue {
        let kind: OpamValue.Kind
        switch self.kind() {
        case .ident: kind = .ident
        case .bool: kind = .bool
        case .int: kind = .int
        case .string, .tripleQuotedString: kind = .string
        default: throw fail("a value")
        }
        return OpamValue(kind: kind, range: advance())
    }

    private mutating func values(until end: OpamTokenKind, _ name: String) throws(Unreadable) -> [OpamValue] {
        var values: [OpamValue] = []
        while let next = kind(), next != end {
            guard Self.startsValue(next) else { break }
            values.append(try value())
        }
        _ = try expect(end, name)
        return values
    }

    private static func startsValue(_ kind: OpamTokenKind) -> Bool {
        switch kind {
        case .leftParenthesis, .leftBracket, .prefixOperator, .relop, .ident, .bool, .int, .string, .tripleQuotedString:
            true
        default: false
        }
    }

    private func relop(_ range: ByteRange) -> Relop {
        let hasEquals = range.count == 2
        switch bytes[range.start] {
        case UInt8(ascii: "!"): return .notEqual
        case UInt8(ascii: ">"): return hasEquals ? .greaterOrEqual : .greater
        case UInt8(ascii: "<"): return hasEquals ? .lessOrEqual : .less
        case UInt8(ascii: "~"): return .greaterOrEqual
        default: return .equal
        }
    }

    private func text(_ range: ByteRange) -> String {
        String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    }

    // MARK: The version header

    /// Since format 2.1, `opam-version` must come first and only once; before, it may stand anywhere.
    private mutating func checkOpamVersion(_ items: [OpamItem]) {
        var isNewFormat = false
        for (index, item) in items.enumerated() {
            guard case .field("opam-version", let nameRange, let value) = item, case .string = value.kind else {
                continue
            }
            let version = FormatVersion(
                String(decoding: OpamSyntaxTree.decodeString(bytes, value.range), as: UTF8.self))
            if index == 0 {
                isNewFormat = version >= FormatVersion(major: 2, minor: 1)
            } else if isNewFormat {
                errors.append(("opam-version cannot be repeated", nameRange.start))
            } else if version > FormatVersion(major: 2, minor: 0) {
                errors.append(("opam-version must be the first non-comment line", nameRange.start))
            }
        }
    }
}

/// The version of the file format that a file declares: its first two numbers, `0.0` where there are none.
package struct FormatVersion: Comparable, Sendable, Hashable {
    package var major: Int
    package var minor: Int

    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    package init(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).prefix(2).map { part in
            Int(part.prefix(while: \.isNumber)) ?? 0
        }
        major = parts.first ?? 0
        minor = parts.count > 1 ? parts[1] : 0
    }

    package static func < (left: FormatVersion, right: FormatVersion) -> Bool {
        left.major != right.major ? left.major < right.major : left.minor < right.minor
    }
}
