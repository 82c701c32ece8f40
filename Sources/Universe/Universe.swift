package import OpamFormat

/// One version of a package, as its opam file describes it.
package struct Package: Sendable {
    /// Position of its name in `Universe.names`.
    package let name: Int
    package let version: Version
    /// Where its opam file stands in the repository.
    package let path: String
    package let file: OpamFile

    package init(name: Int, version: Version, path: String, file: OpamFile) {
        self.name = name
        self.version = version
        self.path = path
        self.file = file
    }
}

/// All packages of an opam repository: names in opam's order, versions from low to high. A pure value; positions in
/// `names` and `packages` identify names and versions everywhere else.
package struct Universe: Sendable {
    package let names: [String]
    package let packages: [Package]
    /// For each name, the positions of its versions in `packages`, ascending.
    package let versions: [Range<Int>]
    /// Opam files that are no part of the universe, with the reason.
    package let skipped: [Skipped]
    private let positions: [String: Int]

    package struct Skipped: Sendable, Hashable {
        package let path: String
        package let reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// What a repository gives for one package.
    package struct Entry: Sendable {
        package var name: String
        package var version: String
        package var path: String
        package var file: OpamFile

        package init(name: String, version: String, path: String, file: OpamFile) {
            self.name = name
            self.version = version
            self.path = path
            self.file = file
        }
    }

    /// Builds the universe; of two entries with the same name and versions that opam holds for equal (1.0 and 1.00) the
    /// first by path counts and the other is skipped.
    package init(entries: [Entry], skipped: [Skipped] = []) {
        var byName: [String: [Entry]] = [:]
        for entry in entries { byName[entry.name, default: []].append(entry) }
        let names = byName.keys.sorted(by: PackageName.precedes)
        var packages: [Package] = []
        packages.reserveCapacity(entries.count)
        var versions: [Range<Int>] = []
        var skipped = skipped
        for (position, name) in names.enumerated() {
            let start = packages.count
            let sorted = (byName[name] ?? []).map { ($0, Version($0.version)) }.sorted { left, right in
                let order = left.1.compare(right.1)
                return order != 0 ? order < 0 : left.0.path < right.0.path
            }
            for (entry, version) in sorted {
                if packages.count > start, let last = packages.last, last.version.isSame(as: version) {
                    skipped.append(Skipped(path: entry.path, reason: "the same version as \(last.path)"))
                    continue
                }
                packages.append(Package(name: position, version: version, path: entry.path, file: entry.file))
            }
            versions.append(start..<packages.count)
        }
        self.names = names
        self.packages = packages
        self.versions = versions
        self.skipped = skipped.sorted { $0.path < $1.path }
        positions = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    package func position(of name: String) -> Int? { positions[name] }

    /// The positions of all versions of `name`; empty for an unknown name.
    package func versions(of name: String) -> Range<Int> {
        positions[name].map { versions[$0] } ?? 0..<0
    }

    /// NAME.VERSION.
    package func identifier(_ package: Int) -> String {
        names[packages[package].name] + "." + packages[package].version.text
    }

    package func name(_ package: Int) -> String { names[packages[package].name] }

    /// Whether the package is the highest version of its name.
    package func isLatest(_ package: Int) -> Bool {
        versions[packages[package].name].last == package
    }

    /// The versions of the atom's package that satisfy it, ascending.
    package func matches(_ atom: PackageAtom) -> [Int] {
        let range = versions(of: atom.name)
        if atom.constraint.isEmpty { return Array(range) }
        return matches(atom.constraint, in: range).flatMap { Array($0) }
    }

    /// The versions in `range` that satisfy a constraint, as stretches that ascend and do not touch: by bisection, since
    /// comparing versions is what most of the time would go into.
    private func matches(_ constraint: Formula<VersionConstraint>, in range: Range<Int>) -> [Range<Int>] {
        switch constraint {
        case .empty: return range.isEmpty ? [] : [range]
        case .atom(let atom):
            let low = firstPosition(in: range) { packages[$0].version.compare(atom.version) >= 0 }
            let high = firstPosition(in: low..<range.upperBound) { packages[$0].version.compare(atom.version) > 0 }
            let stretches: [Range<Int>] =
                switch atom.relop {
                case .equal: [low..<high]
                case .notEqual: [range.lowerBound..<low, high..<range.upperBound]
                case .greaterOrEqual: [low..<range.upperBound]
                case .greater: [high..<range.upperBound]
                case .lessOrEqual: [range.lowerBound..<high]
                case .less: [range.lowerBound..<low]
                }
            return Self.merged(stretches)
        case .and(let parts):
            return parts.reduce([range]) { result, part in
                let other = matches(part, in: range)
                return result.flatMap { a in other.map { a.clamped(to: $0) } }.filter { !$0.isEmpty }
            }
        case .or(let parts):
            return Self.merged(parts.flatMap { matches($0, in: range) })
        }
    }

    private static func merged(_ stretches: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for stretch in stretches.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, stretch.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, stretch.upperBound)
            } else {
                result.append(stretch)
            }
        }
        return result
    }

    private func firstPosition(in range: Range<Int>, where test: (Int) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if test(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Known names nearest to an unknown one, the nearest first: at most three, none further than a third of its length.
    package func nearestNames(to name: String) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        let limit = max(1, wanted.count / 3)
        return names.compactMap { candidate -> (distance: Int, name: String)? in
            let distance = Self.distance(wanted, Array(candidate.lowercased().utf8), limit: limit)
            return distance <= limit ? (distance, candidate) : nil
        }
        .sorted { $0.distance != $1.distance ? $0.distance < $1.distance : PackageName.precedes($0.name, $1.name) }
        .prefix(3).map(\.name)
    }

    /// The number of letters to add, drop, change or swap with their neighbour, or more than `limit` as soon as it is
    /// sure to exceed it.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        if abs(left.count - right.count) > limit { return limit + 1 }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], b == left[i - 1] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            if (row.min() ?? 0) > limit { return limit + 1 }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
