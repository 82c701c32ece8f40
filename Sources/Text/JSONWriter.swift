/// Writes JSON straight into bytes, in the order in which it is told, two blanks a level.
///
/// Reports of many megabytes are written once and never read back here, so nothing is built in memory but the output.
/// Commas, line ends and escaping are its business; balanced calls are the caller's. Bytes that are not UTF-8 become
/// U+FFFD: JSON cannot carry them.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// One entry a level that is open: whether it already has a member.
    private var levels: [Bool] = []
    private var afterKey = false
    private var compact: Bool

    /// - Parameter compact: no line ends or blanks at all.
    package init(compact: Bool = false) {
        self.compact = compact
    }

    /// Everything written so far, which is then forgotten: lets a caller stream a long report.
    package mutating func drain() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try body(&self)
        close(UInt8(ascii: "}"))
    }

    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try body(&self)
        close(UInt8(ascii: "]"))
    }

    /// An object on a line of its own, without blanks: for long lists of small things.
    package mutating func compactObject(_ body: (inout JSONWriter) throws -> Void) rethrows {
        separate()
        afterKey = true
        let wasCompact = compact
        compact = true
        defer { compact = wasCompact }
        try object(body)
    }

    package mutating func object(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.key(key)
        try object(body)
    }

    package mutating func array(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.key(key)
        try array(body)
    }

    package mutating func field(_ key: String, _ value: String) {
        self.key(key)
        self.value(value)
    }

    /// `null` where there is no value.
    package mutating func field(_ key: String, _ value: String?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    package mutating func field(_ key: String, _ value: Int) {
        self.key(key)
        self.value(value)
    }

    /// `null` where there is no value.
    package mutating func field(_ key: String, _ value: Int?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    package mutating func field(_ key: String, _ value: Bool) {
        self.key(key)
        self.value(value)
    }

    /// A list of strings on one line.
    package mutating func field(_ key: String, _ values: [String]) {
        self.key(key)
        separate()
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { append(compact ? "," : ", ") }
            quote(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    package mutating func key(_ key: String) {
        separate()
        quote(key)
        append(compact ? ":" : ": ")
        afterKey = true
    }

    package mutating func value(_ value: String) {
        separate()
        quote(value)
    }

    package mutating func value(_ value: Int) {
        separate()
        append(String(value))
    }

    package mutating func value(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    package mutating func null() {
        separate()
        append("null")
    }

    /// Ends the text with a line end, as files do.
    package mutating func finish() {
        bytes.append(0x0A)
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        levels.append(false)
    }

    private mutating func close(_ bracket: UInt8) {
        let hadMembers = levels.popLast() ?? false
        if hadMembers { newLine() }
        bytes.append(bracket)
    }

    private mutating func separate() {
        if afterKey {
            afterKey = false
            return
        }
        guard let last = levels.indices.last else { return }
        if levels[last] { bytes.append(UInt8(ascii: ",")) }
        levels[last] = true
        newLine()
    }

    private mutating func newLine() {
        guard !compact else { return }
        bytes.append(0x0A)
        for _ in levels { append("  ") }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
