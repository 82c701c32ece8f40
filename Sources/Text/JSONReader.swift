/// A JSON text as values: for reading back reports of our own, and for rejecting everything else with its place.
///
/// Nesting has a limit, so that no input can exhaust the stack. Of equal keys in an object the last counts.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// As it is spelled: whoever wants a number says which kind.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Why a text is no JSON, and at which byte.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let offset: Int
        package let reason: String
        package var description: String { "byte \(offset): \(reason)" }
    }

    package init(parsing bytes: [UInt8]) throws(Failure) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    /// A member of an object; nil where there is none or it is null.
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
    package var int: Int? {
        if case .number(let value) = self { Int(value) } else { nil }
    }
    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }
    /// The strings of an array; others are left out.
    package var strings: [String] { array?.compactMap(\.string) ?? [] }
}

private struct JSONReader {
    private static let depthLimit = 200
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONValue.Failure) -> JSONValue {
        let value = try value(depth: 0)
        skipBlanks()
        guard offset == bytes.count else { throw failure("more than one value") }
        return value
    }

    private func failure(_ reason: String) -> JSONValue.Failure { .init(offset: offset, reason: reason) }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func value(depth: Int) throws(JSONValue.Failure) -> JSONValue {
        skipBlanks()
        guard depth < Self.depthLimit else { throw failure("nested too deep") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some: return try number()
        case nil: throw failure("the text ends where a value is expected")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw failure("no value") }
        offset += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONValue.Failure) -> JSONValue {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard Double(text) != nil else { throw failure("no value") }
        return .number(text)
    }

    private mutating func array(_ depth: Int) throws(JSONValue.Failure) -> JSONValue {
        offset += 1
        var values: [JSONValue] = []
        skipBlanks()
        if next == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlanks()
            if next == UInt8(ascii: "]") { break }
            guard next == UInt8(ascii: ",") else { throw failure("expected `,` or `]`") }
            offset += 1
        }
        offset += 1
        return .array(values)
    }

    private mutating func object(_ depth: Int) throws(JSONValue.Failure) -> JSONValue {
        offset += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if next == UInt8(ascii: "}") {
            offset += 1
            return .object([:])
        }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure("expected a key") }
            let key = try string()
            skipBlanks()
            guard next == UInt8(ascii: ":") else { throw failure("expected `:`") }
            offset += 1
            members[key] = try value(depth: depth + 1)
            skipBlanks()
            if next == UInt8(ascii: "}") { break }
            guard next == UInt8(ascii: ",") else { throw failure("expected `,` or `}`") }
            offset += 1
        }
        offset += 1
        return .object(members)
    }

    private mutating func string() throws(JSONValue.Failure) -> String {
        offset += 1
        var decoded: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: decoded, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&decoded)
            case 0..<0x20: throw failure("a control character in a string")
            default: decoded.append(byte)
            }
        }
        throw failure("a string that does not end")
    }

    private mutating func escape(_ decoded: inout [UInt8]) throws(JSONValue.Failure) {
        guard let byte = next else { throw failure("a string that does not end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "u"):
            var unit = try fourDigits()
            if (0xD800..<0xDC00).contains(unit), offset + 1 < bytes.count, bytes[offset] == 0x5C,
                bytes[offset + 1] == UInt8(ascii: "u")
            {
                offset += 2
                let low = try fourDigits()
                if (0xDC00..<0xE000).contains(low) { unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
            }
            decoded += String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8
        default: throw failure("an escape that JSON does not know")
        }
    }

    private mutating func fourDigits() throws(JSONValue.Failure) -> UInt32 {
        guard offset + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits are expected") }
        offset += 4
        return value
    }
}
