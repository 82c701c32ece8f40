/// What takes an extension's place: which packages, from which version on, from which day on.
///
/// Days are those on which a version came into the opam repository; a day on which something left it is exact to a quarter.
package struct Replacement: Sendable {
    /// In a line, for whatever day.
    package let summary: String
    /// The ways, by day: of those that can be had on a day the last one is the best. Empty where nothing replaces it.
    package let steps: [Step]

    package init(_ summary: String, _ steps: [Step] = []) {
        self.summary = summary
        self.steps = steps
    }

    /// The best way that can be had on that day; nil where there is none.
    package func step(on day: TargetDate) -> Step? {
        steps.last { step in
            (step.since ?? day) <= day && !(step.until.map { $0 <= day } ?? false)
        }
    }

    /// The first day on which there is a way; nil where there is none, or where there always was.
    package var firstDay: TargetDate? {
        steps.contains { $0.since == nil } ? nil : steps.compactMap(\.since).min()
    }

    /// One way to replace an extension, and when it can be had.
    package struct Step: Sendable, Hashable {
        /// The first day; nil for what is older than every day the catalogue knows of.
        package let since: TargetDate?
        /// The first day on which it can be had no more.
        package let until: TargetDate?
        /// What a build needs for it, the rewriters and tools before the libraries; empty for plain OCaml.
        package let packages: [Package]
        /// The oldest OCaml that takes it, where that is later than 4.02.
        package let ocaml: String?
        /// What is written in that time, where the rules' examples (which are those of the newest day) do not show it.
        package let note: String?
    }

    /// A package that a build names: in findlib's words, in opam's, with bounds.
    package struct Package: Sendable, Hashable {
        package enum Role: String, Sendable {
            /// A rewriter: in dune's `(preprocess (pps …))`, as a findlib package without `-syntax` elsewhere.
            case ppx
            /// A program that a rule of the build runs over the source.
            case tool
            /// Something that the code is linked with.
            case library
        }

        package let role: Role
        /// The name for findlib and dune; nil for a tool that is no library.
        package let findlib: String?
        package let opam: String
        /// The lowest version that has it.
        package let from: String?
        /// The lowest version that has it no more.
        package let below: String?

        package init(_ role: Role, findlib: String?, opam: String, from: String? = nil, below: String? = nil) {
            self.role = role
            self.findlib = findlib
            self.opam = opam
            self.from = from
            self.below = below
        }

        package static func ppx(
            _ findlib: String, of opam: String? = nil, from: String? = nil, below: String? = nil
        ) -> Package {
            Package(.ppx, findlib: findlib, opam: opam ?? findlib, from: from, below: below)
        }

        package static func library(
            _ findlib: String, of opam: String? = nil, from: String? = nil, below: String? = nil
        ) -> Package {
            Package(.library, findlib: findlib, opam: opam ?? findlib, from: from, below: below)
        }

        package static func tool(_ opam: String, from: String? = nil) -> Package {
            Package(.tool, findlib: nil, opam: opam, from: from)
        }
    }
}

extension Replacement.Step {
    /// Packages that came on a day.
    package static func from(
        _ since: TargetDate, _ packages: Replacement.Package..., until: TargetDate? = nil, ocaml: String? = nil,
        note: String? = nil
    ) -> Self {
        Self(since: since, until: until, packages: packages, ocaml: ocaml, note: note)
    }

    /// Packages that were always there.
    package static func always(_ packages: Replacement.Package..., until: TargetDate? = nil, note: String? = nil)
        -> Self
    {
        Self(since: nil, until: until, packages: packages, ocaml: nil, note: note)
    }

    /// OCaml and its standard library, without a package.
    package static func plain(
        since: TargetDate? = nil, until: TargetDate? = nil, ocaml: String? = nil, note: String? = nil
    ) -> Self {
        Self(since: since, until: until, packages: [], ocaml: ocaml, note: note)
    }
}
