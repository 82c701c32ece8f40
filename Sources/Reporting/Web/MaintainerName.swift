package import Planning

extension PlanEntry {
    /// Its maintainers by name, without addresses.
    package var maintainerNames: [String] { maintainers.compactMap(MaintainerName.display) }
}

/// How a maintainer of an opam file is called in reports: by name, never with an e-mail address.
enum MaintainerName {
    /// `Jane Doe <jane@example.org>` gives `Jane Doe`; an address alone gives what stands before its `@`. Nil if nothing is
    /// left.
    static func display(_ maintainer: String) -> String? {
        let scalars = maintainer.unicodeScalars
        let named = trimmed(scalars.prefix { $0 != "<" && $0 != "(" })
        var text = named
        if text.isEmpty, let open = scalars.firstIndex(of: "<") {
            text = trimmed(scalars[scalars.index(after: open)...].prefix { $0 != ">" })
        }
        if text.unicodeScalars.contains("@") {
            // Of several words the ones without an address are the name.
            let words = text.split(separator: " ").filter { !$0.contains("@") }
            let address = text.unicodeScalars.prefix { $0 != "@" }
            text = words.isEmpty ? trimmed(address[...]) : words.joined(separator: " ")
        }
        return text.isEmpty ? nil : text
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> String {
        let isOuter = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\"" || scalar == "," }
        var rest = scalars.drop(while: isOuter)
        while let last = rest.last, isOuter(last) { rest.removeLast() }
        return String(rest)
    }
}
