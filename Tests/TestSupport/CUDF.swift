import Installability
import OpamFormat
package import Universe

/// A universe in the format that dose reads (CUDF): versions are numbers from 1, conditions are decided, formulas are
/// clauses.
package enum CUDF {
    /// - Parameter isThere: which versions the repository has.
    package static func text(of universe: Universe, _ world: World, where isThere: (Int) -> Bool) -> String {
        var classes: [String: [Int]] = [:]
        for position in universe.packages.indices where isThere(position) {
            for name in universe.packages[position].file.conflictClasses { classes[name, default: []].append(position) }
        }
        let names = universe.names.map(encoded)
        let number = { (position: Int) in
            position - universe.versions[universe.packages[position].name].lowerBound + 1
        }
        let atom = { (position: Int) in "\(names[universe.packages[position].name]) = \(number(position))" }
        var text = "preamble: \n\n"
        for position in universe.packages.indices where isThere(position) {
            let package = universe.packages[position]
            let name = universe.name(position)
            text += "package: \(names[package.name])\nversion: \(number(position))\n"
            let environment = world.environment(of: package, named: name)
            let clauses = clauses(of: package.file.depends.resolved(environment)).map { clause in
                let matches = Set(clause.flatMap(universe.matches).filter(isThere)).sorted()
                // `false!` may not stand beside other clauses; a package that does not exist may.
                return matches.isEmpty ? "nothing" : matches.map(atom).joined(separator: " | ")
            }
            if !clauses.isEmpty { text += "depends: \(clauses.joined(separator: " , "))\n" }
            let named = package.file.conflicts.resolved(environment).atoms
                .filter { $0.name != name }.flatMap(universe.matches).filter(isThere)
            let alike = package.file.conflictClasses.flatMap { classes[$0] ?? [] }
                .filter { universe.packages[$0].name != package.name }
            // A package conflicts with itself: at most one version of a name can stand.
            let conflicts = [names[package.name]] + Set(named + alike).sorted().map(atom)
            text += "conflicts: \(conflicts.joined(separator: " , "))\n\n"
        }
        return text
    }

    /// What dose says cannot be installed, as positions.
    package static func broken(in answer: String, of universe: Universe) -> Set<Int> {
        var broken: Set<Int> = []
        var versions = 0..<0
        for line in answer.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
            if line.hasPrefix("package: ") {
                versions = universe.versions(of: decoded(line.dropFirst("package: ".count)))
            } else if line.hasPrefix("version: "), let number = Int(line.dropFirst("version: ".count)),
                number >= 1, number <= versions.count
            {
                broken.insert(versions.lowerBound + number - 1)
            }
        }
        return broken
    }

    /// Each conjunct by itself, so that only a conjunct that is a disjunction of conjunctions can grow.
    private static func clauses(of formula: Formula<PackageAtom>) -> [[PackageAtom]] {
        formula.conjuncts.flatMap { conjunct -> [[PackageAtom]] in
            guard let clauses = conjunct.clauses() else { preconditionFailure("a formula is too large for clauses") }
            return clauses
        }
    }

    /// Names of the format have no `_`: bytes that it does not take are written as `%` and two digits.
    private static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 128 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isPlain || "+-./".utf8.contains(byte) { return String(scalar) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private static func decoded(_ name: Substring) -> String {
        let parts = name.split(separator: "%", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(String(parts.first ?? "")) { result, part in
            guard let code = UInt8(part.prefix(2), radix: 16) else { return result + "%" + part }
            return result + String(Unicode.Scalar(code)) + part.dropFirst(2)
        }
    }
}
