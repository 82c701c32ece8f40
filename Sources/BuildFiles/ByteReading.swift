package import Text

/// Small questions about bytes that the readers share. Every index is checked: build files are input.
extension [UInt8] {
    /// The byte at `offset`, nil outside.
    package func at(_ offset: Int) -> UInt8? {
        indices.contains(offset) ? self[offset] : nil
    }

    package func text(_ range: ByteRange) -> String {
        let start = Swift.min(Swift.max(range.start, 0), count)
        let end = Swift.min(Swift.max(range.end, start), count)
        return String(decoding: self[start..<end], as: UTF8.self)
    }

    /// `range` without blanks at its ends.
    func trimmed(_ range: ByteRange) -> ByteRange {
        var start = range.start
        var end = range.end
        while start < end, let byte = at(start), byte.isSpace { start += 1 }
        while end > start, let byte = at(end - 1), byte.isSpace { end -= 1 }
        return ByteRange(start, end)
    }

    /// The lines of the file without their ends.
    func lines() -> [ByteRange] {
        var lines: [ByteRange] = []
        var start = 0
        for (offset, byte) in enumerated() where byte == 0x0A {
            lines.append(ByteRange(start, offset))
            start = offset + 1
        }
        if start < count { lines.append(ByteRange(start, count)) }
        return lines
    }

    /// The runs of bytes in `range` for which `belongs` holds.
    package func words(in range: ByteRange, _ belongs: (UInt8) -> Bool) -> [ByteRange] {
        var words: [ByteRange] = []
        var start: Int?
        for offset in range.start..<range.end {
            guard let byte = at(offset), belongs(byte) else {
                if let from = start { words.append(ByteRange(from, offset)) }
                start = nil
                continue
            }
            if start == nil { start = offset }
        }
        if let from = start { words.append(ByteRange(from, range.end)) }
        return words
    }
}

/// What stands between the lines `OASIS_START` and `OASIS_STOP`, these included: OASIS writes it anew at every set-up.
func oasisRegions(_ bytes: [UInt8]) -> [ByteRange] {
    var regions: [ByteRange] = []
    var start: Int?
    for line in bytes.lines() {
        let text = bytes.text(line)
        if start == nil, text.contains("OASIS_START") {
            start = line.start
        } else if let from = start, text.contains("OASIS_STOP") {
            regions.append(ByteRange(from, line.end))
            start = nil
        }
    }
    if let from = start { regions.append(ByteRange(from, bytes.count)) }
    return regions
}

extension UInt8 {
    /// Blank, tab, carriage return, line or form feed.
    package var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// What findlib package names are made of, sub-packages included.
    package var isPackageNameByte: Bool {
        isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "+")
    }
}

/// The name of a camlp4 or camlp5 program in a word such as `camlp4o`, `/usr/bin/camlp4of.opt`, `%{bin:camlp4o}`,
/// `$(CAMLP4O)`; nil where there is none. Their libraries (`camlp4.lib`) are findlib names and no programs.
package func camlp4Program(in word: String) -> String? {
    // Asked of every word of a Makefile, and nearly none has a digit of these.
    guard word.utf8.contains(where: { $0 == UInt8(ascii: "4") || $0 == UInt8(ascii: "5") }) else { return nil }
    let lower = word.lowercased()
    guard let found = lower.range(of: "camlp4") ?? lower.range(of: "camlp5") else { return nil }
    let name = lower[found.lowerBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return programs.contains(String(name)) ? String(name) : nil
}

private let programs: Set<String> = [
    "camlp4", "camlp4o", "camlp4r", "camlp4of", "camlp4oof", "camlp4orf", "camlp4rf", "camlp4prof", "camlp4boot",
    "camlp5", "camlp5o", "camlp5r",
]

extension String {
    /// The first place of `part`; the standard library's own, so that no Foundation is needed here.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        firstRange(of: part)
    }
}
