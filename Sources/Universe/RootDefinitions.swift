/// The ways to be tied to a set of root packages such as camlp4, each a question of its own, never merged.
package struct RootDefinitions: Sendable {
    package let universe: Universe
    /// Positions of the root packages' versions.
    package let roots: [Int]
    /// Whether packages count that `available` hides on every platform. opam does not list them; they are in the
    /// repository all the same, and to be hidden is no migration.
    package let includesHidden: Bool

    package init(universe: Universe, roots: [Int], includesHidden: Bool = false) {
        self.universe = universe
        self.roots = roots
        self.includesHidden = includesHidden
    }

    /// D1: a `depends` atom on a root that some version satisfies; build dependencies count; test, doc, post, dev and
    /// optional ones do not; one arm of a disjunction is enough.
    package func direct() -> [Int] {
        DependencyQuery(kinds: .build, includesHidden: includesHidden).direct(on: roots, in: universe)
    }

    /// D2: the closure of D1 through any alternative and any version, without the roots themselves.
    package func reaching() -> [Int] {
        let names = Set(roots.map { universe.packages[$0].name })
        return DependencyQuery(kinds: .build, includesHidden: includesHidden).recursive(on: roots, in: universe)
            .filter { !names.contains(universe.packages[$0].name) }
    }

    /// D4: a depopt on a root, and not D1.
    ///
    /// - Parameter direct: D1, where it is at hand.
    package func optionalOnly(besides direct: [Int]? = nil) -> [Int] {
        let direct = Set(direct ?? self.direct())
        return DependencyQuery(kinds: .build, depopts: true, includesHidden: includesHidden).direct(
            on: roots, in: universe
        )
        .filter { !direct.contains($0) }
    }
}
