/// A rule of the gate's own, which is about packages of an opam repository or about comments, and not about a construct.
package struct GateRule: Sendable, Hashable {
    package let id: String
    /// What it flags, why, and what to do.
    package let explanation: String

    package static let direct = GateRule(
        id: "ecosystem/direct",
        explanation: """
            A new or changed package version of an opam repository depends on camlp4, and nothing else can meet that
            dependency. camlp4 is a preprocessor that extends OCaml's syntax; what its extensions do, ppx rewriters do now.
            Instead: depend on the ppx rewriter that replaces the extension. `caravan explain` lists extensions with what
            replaces each; `caravan scan` of the package's sources says which of them it uses.
            """)
    package static let range = GateRule(
        id: "ecosystem/range",
        explanation: """
            A new or changed package version cannot be installed without camlp4: whatever versions its dependencies' ranges
            admit, one of them leads there, by the path in the message. Instead: widen the range of the dependency that the
            message names, where a version of it exists that needs no camlp4; else that dependency has to move first.
            """)
    package static let relaxed = GateRule(
        id: "ecosystem/relaxed",
        explanation: """
            A changed package version admits versions of a dependency that need camlp4, where its bound shut them out before.
            Instead: keep the bound.
            """)
    package static let unused = GateRule(
        id: "suppression/unused",
        explanation: """
            A comment `caravan: allow RULE REASON` allows a use of camlp4 that is not there: neither on its own lines nor on
            the line below. Instead: delete the comment.
            """)
    package static let reasonless = GateRule(
        id: "suppression/reasonless",
        explanation: """
            A comment `caravan: allow RULE` allows a use of camlp4 and does not say why. Instead: write the reason behind the
            rule: `(* caravan: allow lwt/let generated code, see gen/README *)`.
            """)

    package static let all = [direct, range, relaxed, unused, reasonless]
}
