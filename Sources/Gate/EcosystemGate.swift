import BuildFiles
package import Findings
import Installability
import OpamFormat
import Text
package import Universe

/// The gate of an opam repository: which changed package versions bring camlp4 into reach that did not before.
///
/// Three ways count: a dependency on a root that nothing else can meet; dependencies whose ranges admit no choice that can
/// be installed without the roots; and a range that was relaxed so that it admits versions which need the roots, where
/// before it admitted none.
package struct EcosystemGate: Sendable {
    /// One changed opam file, with its old version where it had one.
    package struct Changed: Sendable {
        package let name: String
        package let version: String
        package let path: String
        package let bytes: [UInt8]

        package init(name: String, version: String, path: String, bytes: [UInt8]) {
            self.name = name
            self.version = version
            self.path = path
            self.bytes = bytes
        }
    }

    /// One state of the repository: the changed packages and all that they can come to.
    package struct State: Sendable {
        package let universe: Universe
        package let world: World
        fileprivate let roots: [Int]

        /// - Parameter rootNames: the packages that are to go, camlp4.
        package init(_ universe: Universe, _ world: World, rootNames: [String]) {
            self.universe = universe
            self.world = world
            roots = rootNames.flatMap { Array(universe.versions(of: $0)) }
        }

        fileprivate func position(_ name: String, _ version: String) -> Int? {
            universe.versions(of: name).first { universe.packages[$0].version.isSame(as: Version(version)) }
        }

        fileprivate func formula(_ position: Int) -> Formula<PackageAtom> {
            let package = universe.packages[position]
            return package.file.depends.resolved(world.environment(of: package, named: universe.name(position)))
        }

        /// The root packages that a version depends on and nothing else can stand for.
        fileprivate func directRoots(_ position: Int) -> Set<String> {
            let names = Set(roots.map { universe.name($0) })
            var found: Set<String> = []
            for conjunct in formula(position).conjuncts {
                let atoms = conjunct.atoms
                if !atoms.isEmpty, atoms.allSatisfy({ names.contains($0.name) }) { found.formUnion(atoms.map(\.name)) }
            }
            return found
        }

        /// By name, the versions that some atom admits.
        fileprivate func admitted(_ position: Int) -> [String: Set<Int>] {
            var result: [String: Set<Int>] = [:]
            for atom in formula(position).atoms { result[atom.name, default: []].formUnion(universe.matches(atom)) }
            return result
        }
    }

    /// What is new, by path and place.
    package let findings: [Finding]

    /// - Parameters:
    ///   - changed: the opam files that differ, as they are now.
    ///   - before: the state of the base, with the same packages in reach.
    package init(_ changed: [Changed], before: State, now: State) {
        let comparison = Comparison(changed, before: before, now: now)
        findings = changed.flatMap { comparison.findings(about: $0) }.sorted {
            $0.path != $1.path ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) : $0.range < $1.range
        }
    }

    /// Both states, and what was asked of them.
    private struct Comparison {
        let before: State
        let now: State
        private let oldNeeds: NeedAnalysis
        /// About the changed versions and those that relaxed bounds admit.
        private let needs: NeedAnalysis
        /// About every version where a path has to be shown: paths go through versions that nobody asked about.
        private let needsOnPaths: NeedAnalysis

        init(_ changed: [Changed], before: State, now: State) {
            self.before = before
            self.now = now
            let positions = changed.map { now.position($0.name, $0.version) }
            let oldPositions = changed.map { before.position($0.name, $0.version) }
            oldNeeds = NeedAnalysis(
                universe: before.universe, world: before.world, roots: before.roots,
                asking: oldPositions.compactMap { $0 })
            let relaxed = zip(positions, oldPositions).flatMap { EcosystemGate.newlyAdmitted($0, $1, now, before) }
            let candidates = relaxed.flatMap { $0.versions + $0.kept }
            let needs = NeedAnalysis(
                universe: now.universe, world: now.world, roots: now.roots,
                asking: Array(Set(positions.compactMap { $0 } + candidates)).sorted())
            let isPathWanted = positions.contains { $0.map { needs.needsRoots[$0] } ?? false }
            self.needs = needs
            needsOnPaths =
                isPathWanted
                ? NeedAnalysis(universe: now.universe, world: now.world, roots: now.roots, scope: .everyVersion)
                : needs
        }

        func findings(about file: Changed) -> [Finding] {
            guard let position = now.position(file.name, file.version) else { return [] }
            let old = before.position(file.name, file.version)
            let places = Places(file)
            let identifier = now.universe.identifier(position)
            let what = old == nil ? "the new version \(identifier)" : "the change of \(identifier)"
            var findings = direct(position, old, what, places)
            if findings.isEmpty, needs.needsRoots[position], !(old.map { oldNeeds.needsRoots[$0] } ?? false) {
                findings.append(range(position, what, places))
            }
            return findings
                + EcosystemGate.newlyAdmitted(position, old, now, before).compactMap {
                    relaxation($0, identifier, what, places)
                }
        }

        private func direct(_ position: Int, _ old: Int?, _ what: String, _ places: Places) -> [Finding] {
            let names = now.directRoots(position).subtracting(old.map { before.directRoots($0) } ?? [])
            let identifier = now.universe.identifier(position)
            return names.sorted().map { name in
                places.finding(
                    .direct, at: name, "\(what) depends on \(name): \(identifier) → \(name)",
                    "depend on the ppx rewriter that does what the extension did (caravan explain lists them), "
                        + "or, where no source needs it, drop the dependency")
            }
        }

        private func range(_ position: Int, _ what: String, _ places: Places) -> Finding {
            let path = DependencyPath(toRootsFrom: position, in: now.universe, needsOnPaths)
            return places.finding(
                .range, at: path?.steps.first?.atom.name,
                "\(what) cannot be installed without camlp4: "
                    + EcosystemGate.text(path, from: position, now.universe),
                EcosystemGate.advice(path, now.universe, needsOnPaths))
        }

        private func relaxation(
            _ relaxed: Relaxed, _ identifier: String, _ what: String, _ places: Places
        ) -> Finding? {
            let needing = relaxed.versions.filter { needs.needsRoots[$0] }.map { now.universe.identifier($0) }
            guard let last = needing.last, !relaxed.kept.contains(where: { needs.needsRoots[$0] }) else { return nil }
            return places.finding(
                .relaxed, at: relaxed.name,
                "\(what) relaxes \(relaxed.name) so that it admits \(last), which needs camlp4: "
                    + "\(identifier) → \(last) → … → camlp4",
                "keep the bound that shut \(needing.joined(separator: ", ")) out")
        }
    }

    // MARK: Relaxed bounds

    private struct Relaxed {
        let name: String
        /// Admitted now and not before, ascending.
        let versions: [Int]
        /// Admitted before, in today's positions.
        let kept: [Int]
    }

    private static func newlyAdmitted(_ position: Int?, _ old: Int?, _ now: State, _ before: State) -> [Relaxed] {
        guard let position, let old else { return [] }
        let earlier = before.admitted(old)
        return now.admitted(position).sorted { $0.key < $1.key }.compactMap { name, versions in
            guard let known = earlier[name] else { return nil }
            let identifiers = Set(known.map { before.universe.identifier($0) })
            let added = versions.filter { version in
                !identifiers.contains(now.universe.identifier(version))
                    // A version that is new itself is judged by itself.
                    && before.position(name, now.universe.packages[version].version.text) != nil
            }
            guard !added.isEmpty else { return nil }
            let kept = versions.filter { identifiers.contains(now.universe.identifier($0)) }
            return Relaxed(name: name, versions: added.sorted(), kept: kept.sorted())
        }
    }

    // MARK: Words

    private static func text(_ path: DependencyPath?, from position: Int, _ universe: Universe) -> String {
        guard let path else { return "\(universe.identifier(position)): conflicts leave no way around it" }
        var text = universe.identifier(position)
        for step in path.steps {
            let bounds = step.atom.constraintText
            text += " → " + step.atom.name + (bounds.isEmpty ? "" : " {\(bounds)}")
            if let to = step.to { text += " (\(universe.packages[to].version.text))" }
        }
        return text
    }

    /// What would help: the newest version of the first step that can be had without camlp4.
    private static func advice(_ path: DependencyPath?, _ universe: Universe, _ needs: NeedAnalysis) -> String {
        guard let atom = path?.steps.first?.atom else {
            return "see caravan why for the smallest sets that would free it"
        }
        let free = universe.versions(of: atom.name).last { needs.installable[$0] && !needs.needsRoots[$0] }
        guard let free else {
            return "no version of \(atom.name) can be installed without camlp4: drop the dependency, or move it first"
        }
        return "let the range of \(atom.name) admit \(universe.identifier(free)), which needs no camlp4"
    }

    /// Where names of packages stand in an opam file.
    private struct Places {
        let path: String
        private let bytes: [UInt8]
        private let lines: LineTable
        private let ranges: [String: ByteRange]

        init(_ file: Changed) {
            path = file.path
            bytes = file.bytes
            lines = LineTable(file.bytes)
            var ranges: [String: ByteRange] = [:]
            for mention in BuildFormat.of(path: "opam")?.read(file.bytes, path: file.path).mentions ?? [] {
                if case .opam(let name) = mention.subject, ranges[name] == nil { ranges[name] = mention.range }
            }
            self.ranges = ranges
        }

        func finding(_ rule: GateRule, at name: String?, _ message: String, _ advice: String) -> Finding {
            let range = name.flatMap { ranges[$0] } ?? ByteRange(0, 0)
            let start = lines.position(of: range.start)
            let line = lines.range(ofLine: start.line, in: bytes) ?? ByteRange(0, 0)
            let finding = Finding(
                rule: rule.id, extension: "ecosystem", path: path, start: start, end: lines.position(of: range.end),
                message: message, fix: .manual(advice), sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
            var list = [finding]
            Fingerprint.assign(to: &list, surroundings: [Fingerprint.normalised((name ?? "").utf8)])
            return list.first ?? finding
        }
    }
}
