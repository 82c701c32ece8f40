import Findings
import OCamlSyntax
import Text

/// xstrp4's `$name` and `${path,%format}` in a text, as the pieces of a String.concat.
struct Interpolation {
    /// Expressions of OCaml, in order.
    let pieces: [String]

    /// - Parameters:
    ///   - bytes: what stands between the quotes, or in a quotation.
    ///   - isRaw: whether it is the text itself, without escapes for a string.
    /// Returns nil where a `$` begins nothing that is known.
    init?(_ bytes: ArraySlice<UInt8>, isRaw: Bool) {
        var pieces: [String] = []
        var literal: [UInt8] = []
        var place = bytes.startIndex
        func flush() {
            guard !literal.isEmpty else { return }
            pieces.append("\"\(String(decoding: literal, as: UTF8.self))\"")
            literal = []
        }
        while place < bytes.endIndex {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\\"):
                if isRaw { return nil }
                let next = place + 1 < bytes.endIndex ? bytes[place + 1] : byte
                literal += next == UInt8(ascii: "$") ? [next] : [byte, next]
                place += 2
            case UInt8(ascii: "\"") where isRaw:
                literal += [UInt8(ascii: "\\"), byte]
                place += 1
            case UInt8(ascii: "$"):
                guard let (text, end) = Self.expression(bytes, after: place) else { return nil }
                flush()
                pieces.append(text)
                place = end
            default:
                literal.append(byte)
                place += 1
            }
        }
        flush()
        self.pieces = pieces
    }

    /// The whole as one expression; whether it is a call.
    var text: (String, isCall: Bool) {
        if pieces.isEmpty { return ("\"\"", false) }
        if pieces.count == 1, let only = pieces.first { return (only, only.contains(" ") && !only.hasPrefix("\"")) }
        return ("String.concat \"\" [ \(pieces.joined(separator: "; ")) ]", true)
    }

    private static func expression(_ bytes: ArraySlice<UInt8>, after dollar: Int) -> (String, Int)? {
        let start = dollar + 1
        guard start < bytes.endIndex else { return nil }
        guard bytes[start] == UInt8(ascii: "{") else {
            let end = bytes[start...].firstIndex { !isName($0) } ?? bytes.endIndex
            guard end > start, isFirst(bytes[start]) else { return nil }
            return (String(decoding: bytes[start..<end], as: UTF8.self), end)
        }
        guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let inside = bytes[(start + 1)..<close]
        let path = inside.prefix { $0 != UInt8(ascii: ",") }
        let format = inside.dropFirst(path.count).dropFirst()
        guard let first = path.first, isFirst(first) || (65...90).contains(first),
            path.allSatisfy({ isName($0) || $0 == UInt8(ascii: ".") }), path.last != UInt8(ascii: ".")
        else { return nil }
        let name = String(decoding: path, as: UTF8.self)
        if format.isEmpty { return path.count == inside.count ? (name, close + 1) : nil }
        guard format.first == UInt8(ascii: "%"),
            format.allSatisfy({ $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return ("Printf.sprintf \"\(String(decoding: format, as: UTF8.self))\" \(name)", close + 1)
    }

    private static func isFirst(_ byte: UInt8) -> Bool { (97...122).contains(byte) || byte == UInt8(ascii: "_") }

    private static func isName(_ byte: UInt8) -> Bool {
        isFirst(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "'")
    }
}
