import ArgumentParser
import BuildFiles
import Catalogue
import Findings
import Rewriting
import Text
import Workspace

/// Renews what OASIS generates in a checkout whose `_oasis` was converted: `oasis setup` is run on a copy, and of what it
/// writes only that is taken over which stands between OASIS's own marks in files that were there before.
///
/// An oasis of another version than the one that made them writes thousands of other lines, so that is done on demand only.
/// Where it is not done, the regions stay as `MetadataMigration` edited them, and that is told.
struct OasisSetup {
    /// When `oasis setup` is run.
    enum Choice: String, CaseIterable, ExpressibleByArgument {
        /// Where the oasis that is installed is of the version that made the files.
        case auto
        /// Wherever oasis is installed.
        case always
        case never
    }

    struct Result {
        var files: [ConvertedInput]
        /// For people, a line each.
        var notes: [String] = []
    }

    private let choice: Choice

    init(_ choice: Choice) {
        self.choice = choice
    }

    /// - Parameter files: all that a conversion changed.
    func renew(_ files: [ConvertedInput]) async -> Result {
        var result = Result(files: files)
        for entry in files where fileName(of: entry.file.path) == "_oasis" && entry.file.isChanged {
            await renew(beside: entry, &result)
        }
        let roots = files.filter { fileName(of: $0.file.path) == "_oasis" && $0.file.isChanged }.map {
            directoryName(of: $0.file.path)
        }
        let alone = Self.editedByHand(files).filter { path in
            !roots.contains { $0.isEmpty || path.hasPrefix($0 + "/") }
        }
        if !alone.isEmpty {
            result.notes.append(
                "\(alone.joined(separator: ", ")): \(Self.edited), and no `_oasis` that changes is beside them: run "
                    + "`oasis setup` where it is")
        }
        return result
    }

    /// What to say of a diff: `oasis setup` is run for files that are written.
    static func notes(onDiffOf files: [ConvertedInput]) -> [String] {
        let paths = editedByHand(files)
        if paths.isEmpty { return [] }
        return ["\(paths.joined(separator: ", ")): \(edited); `oasis setup` renews them, as --inplace does"]
    }

    private static let edited = "what OASIS generates is edited as it would write it, its digests are the old ones"

    /// The files in whose generated parts something changes.
    private static func editedByHand(_ files: [ConvertedInput]) -> [String] {
        files.filter { entry in
            guard entry.file.isChanged, let format = BuildFormat.of(path: entry.file.path) else { return false }
            let generated = format.read(entry.file.before, path: entry.file.path).generated
            return entry.file.converted.contains { finding in generated.contains { $0.contains(finding.range) } }
        }.map(\.file.path)
    }

    // MARK: one checkout

    /// A file in which OASIS writes, or that lies beside such files.
    private struct Member {
        /// Relative to the directory of `_oasis`.
        let path: String
        let location: String
        /// As it is from now on, OASIS left aside.
        let bytes: [UInt8]
        let isGenerated: Bool
    }

    private func renew(beside entry: ConvertedInput, _ result: inout Result) async {
        let path = entry.file.path
        guard let members = members(beside: entry, result.files) else {
            result.notes.append("\(path): the files beside it cannot be read: run `oasis setup` yourself")
            return
        }
        let generated = members.filter(\.isGenerated)
        guard !generated.isEmpty else { return }
        let changed = Set(result.files.filter(\.file.isChanged).map { RealPath.of($0.location) })
        let edited = generated.filter { changed.contains(RealPath.of($0.location)) }.map(\.path)
        let names = edited.isEmpty ? "what it generates" : edited.joined(separator: ", ")
        if let setup = generated.first(where: { $0.path == "setup.ml" }), Self.isDynamic(setup.bytes) {
            result.notes.append(
                "\(path): its set-up is dynamic, so OASIS renews \(names) when the package is configured")
            return
        }
        if let objection = await objection(to: generated) {
            result.notes.append(
                edited.isEmpty
                    ? "\(path): what OASIS generates needed no edit, but its digests are the old ones: \(objection)"
                    : "\(path): \(Self.edited) (\(names)): \(objection)")
            return
        }
        guard let renewed = await run(on: members) else {
            result.notes.append("\(path): `oasis setup` failed on a copy, so \(names) are edited without it")
            return
        }
        let written = renewed.filter { $0.0.isGenerated && $0.1 != $0.0.bytes }
        // All or nothing: the files go together.
        for (member, text) in written {
            guard Self.outside(text) == Self.outside(member.bytes) else {
                result.notes.append(
                    "\(path): `oasis setup` would write outside of its own part of \(member.path): \(names) are edited without it"
                )
                return
            }
            guard !isWorse(text, than: member) else {
                result.notes.append(
                    "\(path): `oasis setup` would turn camlp4 on in more lines of \(member.path): \(names) are edited without it"
                )
                return
            }
        }
        var taken: [String] = []
        for (member, text) in written {
            take(text, for: member, beside: path, &result)
            taken.append(member.path)
        }
        if !taken.isEmpty {
            result.notes.append("\(path): renewed by `oasis setup`: \(taken.joined(separator: ", "))")
        }
    }

    /// Why `oasis setup` is not run; nil where it is to be.
    private func objection(to generated: [Member]) async -> String? {
        if choice == .never { return "run `oasis setup` to renew them" }
        guard let installed = await Self.version() else {
            return "oasis is not installed; run `oasis setup` to renew them"
        }
        if choice == .always { return nil }
        let made = generated.lazy.compactMap { Self.maker(of: $0.bytes) }.first
        guard let made else {
            return "which oasis made them is not known; `--oasis-setup always` renews them with oasis \(installed)"
        }
        guard made != installed else { return nil }
        return "oasis \(made) made them, and here is \(installed); `--oasis-setup always` renews them with that"
    }

    private func take(_ text: [UInt8], for member: Member, beside path: String, _ result: inout Result) {
        if let place = result.files.firstIndex(where: { $0.location == member.location }) {
            let old = result.files[place].file
            result.files[place] = ConvertedInput(
                file: RewrittenFile(
                    path: old.path, before: old.before, after: text, converted: old.converted,
                    leftovers: old.leftovers, isAccepted: old.isAccepted, extensions: old.extensions,
                    reviews: old.reviews),
                location: member.location)
        } else {
            let shown = directoryName(of: path).isEmpty ? member.path : "\(directoryName(of: path))/\(member.path)"
            result.files.append(
                ConvertedInput(
                    file: RewrittenFile(
                        path: shown, before: member.bytes, after: text, converted: [], leftovers: [], isAccepted: true),
                    location: member.location))
        }
    }

    /// Whether camlp4 would be in more lines than before.
    private func isWorse(_ text: [UInt8], than member: Member) -> Bool {
        guard let format = BuildFormat.of(path: member.path) else { return false }
        let scanner = MetadataScanner(Catalogue.index)
        func count(_ bytes: [UInt8]) -> Int {
            scanner.scan(format.read(bytes, path: member.path), bytes).findings.count
        }
        return count(text) > count(member.bytes)
    }

    // MARK: files

    /// All files beside an `_oasis`, converted ones as they are from now on; nil where some cannot be read.
    private func members(beside entry: ConvertedInput, _ files: [ConvertedInput]) -> [Member]? {
        let directory = entry.location.contains("/") ? directoryName(of: entry.location) : "."
        let root = directory.isEmpty ? "/" : directory
        guard let walk = try? FileWalker(root: root, wanted: { _ in true }) else { return nil }
        let converted = Dictionary(files.map { (RealPath.of($0.location), $0) }) { first, _ in first }
        var members: [Member] = []
        for file in walk.files {
            let location = String(decoding: file.location, as: UTF8.self)
            let known = converted[RealPath.of(location)]
            guard let bytes = known?.file.after ?? (try? FileReader.read(file.location)) else { return nil }
            members.append(
                Member(
                    path: file.path, location: known?.location ?? location, bytes: bytes,
                    isGenerated: !Self.regions(in: bytes).isEmpty && fileName(of: file.path) != "_oasis"))
        }
        return members
    }

    /// The files as `oasis setup` leaves them in a copy, with what they were; nil where it fails.
    private func run(on members: [Member]) async -> [(Member, [UInt8])]? {
        guard let made = try? await ProcessRunner.run("mktemp", ["-d"]), made.succeeded,
            let scratch = made.outputText.split(separator: "\n").first.map(String.init)
        else { return nil }
        var renewed: [(Member, [UInt8])]?
        do {
            for member in members {
                try DirectoryMaker.make(directoryName(of: "\(scratch)/\(member.path)"))
                try AtomicFileWriter.write(member.bytes, to: "\(scratch)/\(member.path)")
            }
            let answer = try await ProcessRunner.run("oasis", ["-quiet", "setup"], in: scratch)
            if answer.succeeded {
                renewed = try members.map { ($0, try FileReader.read("\(scratch)/\($0.path)")) }
            }
        } catch {
            renewed = nil
        }
        _ = try? await ProcessRunner.run("rm", ["-rf", scratch])
        return renewed
    }

    // MARK: what OASIS writes

    private static func version() async -> String? {
        guard let answer = try? await ProcessRunner.run("oasis", ["version"]), answer.succeeded else { return nil }
        return answer.outputText.split(separator: "\n").first.map(String.init)
    }

    /// The version of OASIS that last wrote a `setup.ml`.
    private static func maker(of bytes: [UInt8]) -> String? {
        regenerated.matches(in: bytes).compactMap { $0[1] }.first.map(bytes.text)
    }

    private static func isDynamic(_ bytes: [UInt8]) -> Bool { !dynamic.matches(in: bytes).isEmpty }

    private static let regenerated = Pattern(#"Regenerated[ ]by[ ]OASIS[ ]v ( [0-9] [\w.~+-]* )"#)
    private static let dynamic = Pattern(
        ##"^ [ \t]* (?: open [ \t]+ OASISDynRun | \# require [ \t]+ "oasis\.dynrun" )"##)
    private static let mark = Pattern(#"OASIS_ (START|STOP)"#)

    private static func regions(in bytes: [UInt8]) -> [Pattern.Match] { mark.matches(in: bytes) }

    /// The bytes that are no part of OASIS's regions, and the marks.
    private static func outside(_ bytes: [UInt8]) -> [UInt8] {
        var outside: [UInt8] = []
        var start = 0
        var isInside = false
        for match in mark.matches(in: bytes) {
            guard let whole = match[0], let kind = match[1] else { continue }
            let opens = bytes.text(kind) == "START"
            if opens, !isInside {
                outside += bytes[start..<whole.end]
                isInside = true
            } else if !opens, isInside {
                start = whole.start
                isInside = false
            }
        }
        if !isInside { outside += bytes[start...] }
        return outside
    }
}
