import OpamFormat
package import Planning
import Text
import Universe

/// `plan --bundle DIR`: what people need to carry a plan out, wave by wave: a folder per wave with a text to send and the
/// patch of each package's metadata, an overlay opam repository with the same changes, a script that fetches, pins and builds
/// a wave, a Containerfile that gives everybody the same compiler, and a digest for each maintainer.
///
/// Only what the plan says is changed in an opam file: dependencies on what is to go, and on packages that are nothing but a
/// syntax extension, are taken out or give way to their replacement. Sources are converted as by `caravan rewrite`.
package struct PlanBundle {
    /// Whether a file is a script to be run.
    package struct File: Sendable {
        package let path: String
        package let bytes: [UInt8]
        package let isScript: Bool

        init(_ path: String, _ text: String, isScript: Bool = false) {
            self.path = path
            bytes = Array(text.utf8)
            self.isScript = isScript
        }

        init(_ path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
            isScript = false
        }
    }

    /// What `caravan rewrite` makes of a package's sources.
    package struct SourcePatch: Sendable {
        /// A tag, a commit, a folder: what it applies to.
        package let origin: String
        package let diff: [UInt8]
        /// What was left and where, then the counts.
        package let summary: [String]

        package init(origin: String, diff: [UInt8], summary: [String]) {
            self.origin = origin
            self.diff = diff
            self.summary = summary
        }
    }

    private let plan: Plan
    private let provenance: Provenance
    /// The opam files of the universe, by path.
    private let opamFiles: [String: [UInt8]]
    /// By names of packages.
    private let sourcePatches: [String: SourcePatch]

    package init(
        _ plan: Plan, _ provenance: Provenance, opamFiles: [String: [UInt8]],
        sourcePatches: [String: SourcePatch] = [:]
    ) {
        self.sourcePatches = sourcePatches
        self.plan = plan
        self.provenance = provenance
        self.opamFiles = opamFiles
    }

    /// All files, sorted by path.
    package func files() -> [File] {
        var files = [
            File("README.md", readme), File("Containerfile", containerfile),
            File("build-wave", script, isScript: true),
        ]
        files.append(File("overlay/repo", "opam-version: \"\(overlayVersion)\"\n"))
        for wave in plan.waves { files += self.files(of: wave) }
        for person in PlanTables.work(plan) where !person.open.isEmpty {
            files.append(
                File(
                    "digests/\(Self.fileName(person.maintainer)).md",
                    digest(person.maintainer, person.open)))
        }
        return files.sorted { $0.path < $1.path }
    }

    // MARK: A wave

    private func files(of wave: Wave) -> [File] {
        let folder = "wave-\(wave.number)"
        var files: [File] = []
        var rows: [String] = []
        for entry in wave.packages.compactMap(plan.entry) {
            if let text = IssueText.render(entry, plan, provenance) {
                files.append(File("\(folder)/\(entry.name)/issue.md", text))
            }
            if let metadata = metadata(entry) {
                let patch = UnifiedDiff.render(path: metadata.path, from: metadata.old, to: metadata.new)
                files.append(File("\(folder)/\(entry.name)/opam.patch", bytes: patch))
                let place = "overlay/packages/\(entry.name)/\(entry.name).\(entry.version)/opam"
                files.append(File(place, bytes: metadata.new))
            }
            if let patch = sourcePatches[entry.name] {
                let head = (["\(entry.name), made by caravan rewrite from \(patch.origin)"] + patch.summary)
                    .map { "# \($0)\n" }.joined()
                files.append(
                    File("\(folder)/\(entry.name)/sources.patch", bytes: Array("\(head)\n".utf8) + patch.diff))
            }
            if !entry.isCarriedAlong, let source = WebAddress.fetchable(entry.devRepository) {
                rows.append("\(entry.name)\t\(entry.version)\t\(source)\n")
            }
        }
        return files + [File("\(folder)/packages.tsv", rows.joined())]
    }

    /// The path of the package's opam file, and its bytes before and after; nil where nothing in it changes.
    private func metadata(_ entry: PlanEntry) -> (path: String, old: [UInt8], new: [UInt8])? {
        let universe = plan.graph.universe
        guard !entry.isCarriedAlong, let position = universe.position(of: entry.name),
            let latest = universe.versions[position].last, let old = opamFiles[universe.packages[latest].path]
        else { return nil }
        var places: [String: String?] = [:]
        for name in plan.removed { places.updateValue(nil, forKey: name) }
        for syntax in SyntaxPackage.all where syntax.isReplaceable(on: plan.date) {
            // A replacement in several words is advice, not a package.
            let name = syntax.replacement.flatMap { PackageName.isValid($0) && $0.contains("_") ? $0 : nil }
            places.updateValue(name, forKey: syntax.name)
        }
        let editor = ConstraintEditor(OpamSyntaxTree(parsing: old))
        guard let list = EditList(editor.replacing(places, in: "depends")), !list.edits.isEmpty else { return nil }
        return (universe.packages[latest].path, old, list.applied(to: old))
    }

    // MARK: For people

    private var removed: String { plan.removed.joined(separator: ", ") }

    private var source: String {
        guard let revision = provenance.revision else { return "an opam repository" }
        return "the opam repository at \(revision) (\(provenance.date ?? "no date"))"
    }

    private var readme: String {
        """
        # Leaving \(removed), wave by wave

        Made by `caravan plan --bundle` from \(source), for \(plan.world.summary).

        - `wave-N/PACKAGE/issue.md`: what one would write to its maintainers.
        - `wave-N/PACKAGE/opam.patch`: its opam file without \(removed) and without packages that are nothing but a syntax
          extension; a replacement stands there where it is one package. Apply it at the root of the opam repository.
        - `wave-N/PACKAGE/sources.patch`: what `caravan rewrite` makes of its sources and build files, where they were at hand
          (`plan --sources`). Its first lines say of which state, and what is left for a person; `git apply` passes over them.
        - `wave-N/packages.tsv`: the packages of the wave that have something to move, their versions and repositories.
        - `overlay/`: an opam repository with the same changes: `opam repository add caravan ./overlay --rank 1` turns it on,
          and the solver answers what becomes possible; `opam repository remove caravan` turns it off.
        - `./build-wave N`: fetches the packages of a wave, converts their sources with `caravan rewrite`, pins and builds them.
        - `Containerfile`: the same compiler and repository for everybody: `podman build -t caravan .`
        - `digests/`: for each maintainer what is open, in the order of the plan.

        | wave | packages | frees |
        | ---: | ---: | ---: |
        \(plan.waves.map { "| \($0.number) | \($0.packages.count) | \($0.frees) |" }.joined(separator: "\n"))

        """
    }

    private func digest(_ maintainer: String, _ entries: [PlanEntry]) -> String {
        var text = "# What is open for \(maintainer)\n\nFrom \(source).\n"
        for entry in entries {
            let wave = entry.wave.map { $0 == 1 ? "can move now" : "wave \($0)" } ?? ""
            text += "\n## \(entry.name) \(entry.version): \(entry.status.rawValue), \(wave)\n\n"
            text += "\(entry.transitiveDependents) packages depend on it. \(entry.status.instruction)\n\n"
            text += entry.actions.map { "- \($0)\n" }.joined()
        }
        return text
    }

    /// Letters and digits of a name; where others were in it, with the start of its hash, so that no two are the same.
    private static func fileName(_ name: String) -> String {
        var plain = ""
        for byte in name.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122: plain.unicodeScalars.append(Unicode.Scalar(byte))
            default: plain += "-"
            }
        }
        let start = plain.prefix(60)
        return start == name
            ? name : "\(start)-" + SHA256.digest(Array(name.utf8)).prefix(4).map { String($0, radix: 16) }.joined()
    }

    // MARK: For machines

    /// The overlay's opam files are in the format of the repository that they come from.
    private var overlayVersion: String {
        let universe = plan.graph.universe
        let isNew = universe.packages.contains { $0.file.formatVersion >= FormatVersion(major: 2, minor: 0) }
        return isNew ? "2.0" : "1.2"
    }

    private var containerfile: String {
        let compiler = plan.world.ocaml.map { "ocaml-base-compiler.\($0.text)" } ?? "ocaml-base-compiler"
        let commit = provenance.revision.map { "#\($0)" } ?? ""
        return """
            # The compiler and the packages of the plan. REPOSITORY is the opam repository that it was made from.
            FROM docker.io/library/debian:bookworm
            RUN apt-get update && apt-get install -y --no-install-recommends \\
                opam git make gcc m4 patch pkg-config ca-certificates && rm -rf /var/lib/apt/lists/*
            ARG REPOSITORY=https://github.com/ocaml/opam-repository.git
            RUN opam init --bare --yes --disable-sandboxing default "git+${REPOSITORY}\(commit)"
            RUN opam switch create caravan \(compiler) --yes
            COPY . /bundle
            RUN opam repository add caravan /bundle/overlay --rank 1
            WORKDIR /bundle
            ENTRYPOINT ["opam", "exec", "--"]

            """
    }

    private var script: String {
        """
        #!/bin/sh
        # Fetches, converts, pins and builds the packages of one wave: ./build-wave NUMBER [DIRECTORY]
        # Needs git, opam and caravan. A package that fails is told, and the others go on.
        set -eu
        wave=${1:?the number of a wave}
        here=$(cd "$(dirname "$0")" && pwd)
        work=${2:-$here/work}
        mkdir -p "$work"
        failed=
        pinned=
        tab=$(printf '\\t')
        while IFS=$tab read -r name version source; do
            echo "== $name.$version"
            if [ ! -d "$work/$name" ] && ! git clone --quiet -- "$source" "$work/$name"; then
                failed="$failed $name"
                continue
            fi
            (cd "$work/$name" && caravan rewrite --inplace .) || echo "$name: not all could be converted" >&2
            if opam pin add --yes --no-action "$name.$version" "$work/$name"; then
                pinned="$pinned $name"
            else
                failed="$failed $name"
            fi
        done <"$here/wave-$wave/packages.tsv"
        for name in $pinned; do opam install --yes "$name" || failed="$failed $name"; done
        [ -z "$failed" ] || { echo "not built:$failed" >&2; exit 1; }

        """
    }
}
