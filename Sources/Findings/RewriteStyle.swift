/// Which of several ways to write something is wanted, where the catalogue knows more than one.
package struct RewriteStyle: Hashable, Sendable {
    package enum Lwt: String, CaseIterable, Sendable {
        /// `let%lwt`, `match%lwt`: lwt_ppx.
        case ppx
        /// `let*` and `and*` of `Lwt.Syntax`.
        case letOperators = "let-operators"
        /// `Lwt.bind`, `Lwt.catch` and their like, no ppx.
        case binds
    }

    package enum Conditionals: String, CaseIterable, Sendable {
        /// `#ifdef` lines for cppo.
        case cppo
        /// `[%%if …]` items of ppx_optcomp.
        case ppxOptcomp = "ppx_optcomp"
    }

    package var lwt: Lwt
    package var conditionals: Conditionals

    package init(lwt: Lwt = .ppx, conditionals: Conditionals = .cppo) {
        self.lwt = lwt
        self.conditionals = conditionals
    }
}

/// What suggestions aim at.
package struct Aim: Hashable, Sendable {
    /// Which ppx exist.
    package var target: TargetDate
    package var style: RewriteStyle

    package init(target: TargetDate = .newest, style: RewriteStyle = RewriteStyle()) {
        self.target = target
        self.style = style
    }
}
