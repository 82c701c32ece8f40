/// Whether cppo reads a text as the condition of `#if`: `defined NAME`, comparisons of numbers and triples, `not`, `&&`, `||`.
///
/// A bare name is none, however it is defined; names in comparisons have to be what cppo knows of the compiler's version.
struct CppoCondition {
    private let words: [Substring]
    private var place = 0

    static func isCondition(_ text: String) -> Bool {
        var reader = CppoCondition(words: split(text))
        return reader.disjunction() && reader.place == reader.words.count
    }

    static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, first.isLetter || first == "_" else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "'" }
    }

    private init(words: [Substring]) {
        self.words = words
    }

    private static func split(_ text: String) -> [Substring] {
        var words: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
                continue
            }
            let length: Int
            if first.isLetter || first.isNumber || first == "_" {
                length = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "'" }.count
            } else if "&|<>=!".contains(first) {
                length = rest.prefix { "&|<>=!".contains($0) }.count
            } else {
                length = 1
            }
            words.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return words
    }

    private var current: Substring { place < words.count ? words[place] : "" }

    private mutating func take(_ word: String) -> Bool {
        guard current == word else { return false }
        place += 1
        return true
    }

    private mutating func disjunction() -> Bool {
        guard conjunction() else { return false }
        while take("||") { guard conjunction() else { return false } }
        return true
    }

    private mutating func conjunction() -> Bool {
        guard negation() else { return false }
        while take("&&") { guard negation() else { return false } }
        return true
    }

    private mutating func negation() -> Bool {
        if take("not") { return negation() }
        if take("true") || take("false") { return true }
        if take("defined") {
            guard Self.isName(current) else { return false }
            place += 1
            return true
        }
        let start = place
        if take("("), disjunction(), take(")") { return true }
        place = start
        return comparison()
    }

    private mutating func comparison() -> Bool {
        guard let left = value(), ["=", "<", ">", "<=", ">=", "<>"].contains(current) else { return false }
        place += 1
        return value() == left
    }

    /// How many parts the value has.
    private mutating func value() -> Int? {
        if take("OCAML_VERSION") { return 3 }
        if take("OCAML_MAJOR") || take("OCAML_MINOR") || take("OCAML_MICRO") { return 1 }
        if Int(current) != nil {
            place += 1
            return 1
        }
        guard take("(") else { return nil }
        var parts = 0
        repeat {
            guard value() == 1 else { return nil }
            parts += 1
        } while take(",")
        return take(")") ? parts : nil
    }
}
