import CPCRE2
package import Text

/// A regular expression of PCRE2 over bytes, for files that are free text to us: scripts, CI settings, manuals.
@safe package struct Pattern: @unchecked Sendable {
    /// What one match holds: the whole, then its groups; nil for a group that took no part.
    package typealias Match = [ByteRange?]

    /// Compiled once and never freed: patterns are constants of the program or of its configuration.
    private let code: OpaquePointer?
    /// What is wrong with the expression; nil where it compiled.
    package let fault: String?

    /// - Parameters:
    ///   - expression: in PCRE2's syntax; `^` and `$` stand at lines' ends. One that does not compile matches nothing; a test
    ///     compiles all of ours.
    ///   - blanksCount: false for `(?x)` style.
    package init(_ expression: String, blanksCount: Bool = false) {
        var error: Int32 = 0
        var offset = 0
        let bytes = Array(expression.utf8)
        let style = blanksCount ? 0 : UInt32(PCRE2_EXTENDED)
        unsafe code = pcre2_compile_8(
            bytes, bytes.count, UInt32(PCRE2_MULTILINE) | UInt32(PCRE2_NEVER_UTF) | style, &error, &offset, nil)
        fault = unsafe code == nil ? Self.words(of: error) + " (byte \(offset))" : nil
        if let code = unsafe code { _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) }
    }

    package var isValid: Bool { unsafe code != nil }

    /// PCRE2's own words for an error.
    private static func words(of error: Int32) -> String {
        var words = [UInt8](repeating: 0, count: 256)
        let count = unsafe pcre2_get_error_message_8(error, &words, words.count)
        return count > 0 ? String(decoding: words.prefix(Int(count)), as: UTF8.self) : "error \(error)"
    }

    /// All matches in `bytes`, from left to right. Linear but for what PCRE2 backtracks, which is limited: a place that
    /// would take longer matches nothing.
    package func matches(in bytes: [UInt8]) -> [Match] {
        guard let code = unsafe code, let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
            return []
        }
        defer { unsafe pcre2_match_data_free_8(data) }
        guard let context = unsafe pcre2_match_context_create_8(nil) else { return [] }
        defer { unsafe pcre2_match_context_free_8(context) }
        _ = unsafe pcre2_set_match_limit_8(context, 1_000_000)
        var matches: [Match] = []
        var start = 0
        while start <= bytes.count {
            let count = unsafe pcre2_match_8(code, bytes, bytes.count, start, 0, data, context)
            guard count > 0, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { break }
            var match: Match = []
            for group in 0..<Int(count) {
                let (from, to) = unsafe (offsets[2 * group], offsets[2 * group + 1])
                match.append(from < 0 || from > to || to > bytes.count ? nil : ByteRange(from, to))
            }
            guard let whole = match[0] else { break }
            matches.append(match)
            start = whole.end > whole.start ? whole.end : whole.end + 1
        }
        return matches
    }
}
