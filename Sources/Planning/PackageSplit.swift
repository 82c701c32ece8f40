import Installability
import OpamFormat
import Text
package import Universe

/// The split of a library that ships a camlp4 extension beside its code: a core that nothing ties to camlp4, and two virtual
/// packages that stand for its parts, so that dependents can say which of them they need.
///
/// Whether a library such as cstruct has its syntax depends on what else is installed: with camlp4 beside it, its build makes
/// `cstruct.syntax` too. Dependents rely on that without saying so. The virtual packages say it: they have no sources, and
/// depend on the library and on what makes it build the part.
package struct PackageSplit: Sendable {
    package enum Part: String, Sendable, CaseIterable {
        case core, ppx, camlp4
    }

    /// One opam file of the split.
    package struct File: Sendable {
        package let part: Part
        package let name: String
        /// Where it belongs, relative to a repository's root.
        package let path: String
        package let bytes: [UInt8]
        /// What the solver says once all files of the split are in the repository: whether the package can be installed, and
        /// whether it needs what is to go.
        package let isInstallable: Bool
        package let needsRoots: Bool
    }

    package enum Failure: Error, Sendable, Hashable {
        /// No table knows an extension of the package.
        case shipsNothing
        /// Its opam file has no form that could be edited.
        case cannotBeEdited
    }

    package let name: String
    package let version: String
    /// How findlib calls the parts.
    package let camlp4Form: String
    package let ppxForm: String
    package let files: [File]
    /// What the core lost.
    package let dropped: [String]
    /// The versions that depend on the library, ranked by evidence of using its syntax.
    package let dependents: [UpperBounds.Dependent]

    package func file(_ part: Part) -> File? { files.first { $0.part == part } }

    /// - Parameters:
    ///   - position: the version to split.
    ///   - bytes: its opam file.
    ///   - roots: the names that are to go.
    ///   - dependents: who depends on the library, with the evidence (`UpperBounds`).
    package init(
        of position: Int, _ bytes: [UInt8], in universe: Universe, world: World, roots: [String],
        dependents: [UpperBounds.Dependent]
    ) throws(Failure) {
        let name = universe.name(position)
        let package = universe.packages[position]
        guard let shipped = ShippedExtension.named(name), shipped.hasCamlp4(package.version) else {
            throw .shipsNothing
        }
        let rootNames = Set(roots)
        let goes = Set(
            package.file.depends.atoms.map(\.name).filter { rootNames.contains($0) || SyntaxPackage.named($0) != nil })
        let switches = package.file.depopts.atoms.map(\.name)
        guard let core = Self.core(bytes, dropping: goes) else { throw .cannotBeEdited }
        let origin = Origin(name: name, version: package.version.text, file: package.file, bytes: bytes)
        var contents: [(part: Part, name: String, bytes: [UInt8])] = [(.core, name, core)]
        let ppxSwitches = switches.filter { $0.hasPrefix("ppx") }
        if shipped.hasPpx(package.version), !ppxSwitches.isEmpty {
            contents.append(
                (.ppx, "ppx_\(name)", origin.virtual(shipped.replacement, beside: ppxSwitches, isPpx: true)))
        }
        let camlp4Switches = switches.filter(rootNames.contains) + goes.sorted()
        if !camlp4Switches.isEmpty {
            contents.append(
                (.camlp4, "\(name)_camlp4", origin.virtual(shipped.findlib, beside: camlp4Switches, isPpx: false)))
        }
        let verdicts = Self.verdicts(contents, position, universe, world, roots)
        self.name = name
        version = package.version.text
        camlp4Form = shipped.findlib
        ppxForm = shipped.replacement
        dropped = goes.sorted()
        self.dependents = dependents
        files = zip(contents, verdicts).map { content, verdict in
            File(
                part: content.part, name: content.name,
                path: content.part == .core
                    ? package.path
                    : "packages/\(content.name)/\(content.name).\(package.version.text)/opam",
                bytes: content.bytes, isInstallable: verdict.isInstallable, needsRoots: verdict.needsRoots)
        }
    }

    private static func core(_ bytes: [UInt8], dropping names: Set<String>) -> [UInt8]? {
        let tree = OpamSyntaxTree(parsing: bytes)
        guard tree.errors.isEmpty else { return nil }
        guard let edits = EditList(DependencyRemover(tree).removing(names, from: "depends")) else { return nil }
        let result = edits.applied(to: bytes)
        let file = OpamFile(parsing: result)
        guard file.isWellFormed, file.depends.atoms.allSatisfy({ !names.contains($0.name) }) else { return nil }
        return result
    }

    /// What a virtual package takes over from the library's own file.
    private struct Origin {
        let name: String
        let version: String
        let file: OpamFile
        let tree: OpamSyntaxTree

        init(name: String, version: String, file: OpamFile, bytes: [UInt8]) {
            self.name = name
            self.version = version
            self.file = file
            tree = OpamSyntaxTree(parsing: bytes)
        }

        private func source(of wanted: String) -> String? {
            for case .field(wanted, _, let value) in tree.items {
                return "\(wanted): \(String(decoding: tree.source(of: value), as: UTF8.self))"
            }
            return nil
        }

        func virtual(_ form: String, beside switches: [String], isPpx: Bool) -> [UInt8] {
            let isOld = file.formatVersion < FormatVersion(major: 2, minor: 0)
            var lines = ["opam-version: \"\(isOld ? "1.2" : "2.0")\""]
            if !isOld { lines.append("synopsis: \"Virtual package: \(name) with \(form)\"") }
            lines += ["maintainer", "authors", "homepage", "license", "dev-repo", "bug-reports"].compactMap(source)
            let ocaml = isPpx && !isOld ? ["\"ocaml\" {>= \"4.02.0\"}"] : []
            let depends = ["\"\(name)\" {= \"\(version)\"}"] + switches.map { "\"\($0)\"" } + ocaml
            lines += ["depends: ["] + depends.map { "  " + $0 } + ["]"]
            if isPpx, isOld { lines.append("available: [ocaml-version >= \"4.02.0\"]") }
            return Array((lines.joined(separator: "\n") + "\n").utf8)
        }
    }

    private static func verdicts(
        _ contents: [(part: Part, name: String, bytes: [UInt8])], _ position: Int, _ universe: Universe, _ world: World,
        _ roots: [String]
    ) -> [(isInstallable: Bool, needsRoots: Bool)] {
        let version = universe.packages[position].version.text
        var entries = universe.packages.enumerated().compactMap { index, package -> Universe.Entry? in
            guard index != position else { return nil }
            return Universe.Entry(
                name: universe.names[package.name], version: package.version.text, path: package.path,
                file: package.file)
        }
        entries += contents.map { content in
            Universe.Entry(
                name: content.name, version: version, path: "packages/\(content.name)/\(content.name).\(version)/opam",
                file: OpamFile(parsing: content.bytes))
        }
        let changed = Universe(entries: entries)
        let needs = NeedAnalysis(
            universe: changed, world: world, roots: roots.flatMap { Array(changed.versions(of: $0)) },
            scope: .latestAndTied)
        return contents.map { content in
            let found = changed.versions(of: content.name).first { changed.packages[$0].version.text == version }
            return found.map { (needs.installable[$0], needs.needsRoots[$0]) } ?? (false, false)
        }
    }
}
