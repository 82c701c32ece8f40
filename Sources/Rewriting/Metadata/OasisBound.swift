import BuildFiles
import OpamFormat
import Text

/// The oldest OCaml that an `_oasis` says it takes, raised where the package has a ppx from now on.
enum OasisBound {
    /// No edit where the file states no lower bound, or one that is high enough.
    ///
    /// - Parameter added: the packages that the migration writes into the file.
    static func edits(_ build: CheckoutBuild, added: [String]) -> [Edit] {
        guard added.contains(where: { $0.contains("ppx") }) else { return [] }
        return bound.matches(in: build.bytes).compactMap { $0[1] }.compactMap { range in
            let stated = build.bytes.text(range)
            guard Version(stated) < Version("4.02") else { return nil }
            // As many parts as before.
            return Edit(range, stated.split(separator: ".").count > 2 ? "4.02.0" : "4.02")
        }
    }

    private static let bound = Pattern(#"^ (?i: OCamlVersion ) [ \t]* : [ \t]* >= [ \t]* ( [0-9] [0-9.]* )"#)
}
