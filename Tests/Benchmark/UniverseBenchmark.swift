import Glibc
import Installability
import OpamFormat
import TestSupport
import Universe
import Workspace

/// Measures the ecosystem engine against opam and dose, in one run on the same snapshots of the opam repository.
///
///     benchmark --universe BUNDLE [--rounds N] [--ours]
///
/// Figures are CPU seconds, user and system, of whole processes, the median of the rounds; in every round the peers take
/// turns with us. dose gets the universe as CUDF: writing that is not counted as its work, reading the opam files is
/// counted as ours. What peers answer is held against our answer, and a difference is told.
struct UniverseBenchmark {
    private let rounds: Int
    private let directory: String
    private let questions: [Question]
    private let caravan: String

    /// One question, our command and those that a peer takes for the same answer.
    private struct Question {
        let name: String
        let ours: [String]
        let peer: String
        /// How many times as fast we want to be.
        let goal: Double
        let work: [Work]
        /// Our answer as the peer would give it, from what the commands wrote; nil where there is nothing to hold together.
        var check: (([String]) throws -> Set<String>)?
    }

    private enum Work {
        /// A command, the directory that it runs in, and how often its time counts.
        case run(String, [String], in: String, times: Double)
        /// Taking a package out of a repository, or putting it back; costs nothing.
        case take(String, from: String)
        case putBack(String, into: String)
    }

    init(bundle: String, rounds: Int, directory: String, caravan: String, hasPeers: Bool) async throws {
        self.rounds = rounds
        self.directory = directory
        self.caravan = caravan
        let snapshots = try await Snapshots(bundle: bundle, directory: directory)
        questions = try Self.questions(snapshots, directory, hasPeers: hasPeers)
    }

    func run() async throws {
        var table = Table(
            ["job", "ours", "most memory", "peer", "its time", "ratio", "goal", "answers"], left: [0, 3])
        for question in questions {
            var ours: [Double] = []
            var theirs: [Double] = []
            var memory = 0
            var verdict = ""
            for round in 0..<rounds {
                let own = try MeasuredProcess(caravan, question.ours, in: directory, output: "\(directory)/ours")
                guard own.status == 0 else {
                    throw ProcessError(command: "caravan \(question.ours)", reason: "it ended with \(own.status)")
                }
                ours.append(own.seconds)
                memory = max(memory, own.peakMemory)
                let (seconds, answers) = try peer(question.work)
                theirs.append(seconds)
                if round == 0, let check = question.check, seconds > 0 {
                    verdict = try Self.compare(try check(answers), try Self.lines("\(directory)/ours"))
                }
            }
            let our = Self.median(ours)
            let their = Self.median(theirs)
            table.add([
                question.name, "\(Table.number(our)) s", "\(memory >> 20) MiB", their > 0 ? question.peer : "",
                their > 0 ? "\(Table.number(their)) s" : "", their > 0 ? "\(Table.number(their / our)) x" : "",
                "\(Table.number(question.goal)) x", verdict,
            ])
        }
        print("the opam repository, whole processes, CPU time, median of \(rounds)")
        table.write()
    }

    /// CPU seconds of a peer's work, and what each command wrote.
    private func peer(_ work: [Work]) throws -> (seconds: Double, answers: [String]) {
        var seconds = 0.0
        var answers: [String] = []
        for step in work {
            switch step {
            case .run(let program, let arguments, let place, let times):
                let output = "\(directory)/answer-\(answers.count)"
                seconds += try MeasuredProcess(program, arguments, in: place, output: output).seconds * times
                answers.append(output)
            case .take(let name, let repository):
                try Self.move("\(repository)/packages/\(name)", to: "\(directory)/taken")
            case .putBack(let name, let repository):
                try Self.move("\(directory)/taken", to: "\(repository)/packages/\(name)")
            }
        }
        return (seconds, answers)
    }

    private static func move(_ from: String, to: String) throws {
        guard unsafe rename(from, to) == 0 else { throw ProcessError(command: "rename", reason: from) }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    private static func lines(_ path: String) throws -> Set<String> {
        Set(String(decoding: try FileReader.read(path), as: UTF8.self).split(separator: "\n").map(String.init))
    }

    private static func compare(_ theirs: Set<String>, _ ours: Set<String>) throws -> String {
        let different = theirs.symmetricDifference(ours)
        guard !different.isEmpty else { return "equal, \(ours.count)" }
        let some = different.sorted().prefix(5).joined(separator: " ")
        StandardStream.error.writeLine("benchmark: \(different.count) answers differ: \(some)")
        return "\(different.count) differ"
    }

    // MARK: The questions

    private static func questions(
        _ snapshots: Snapshots, _ directory: String, hasPeers: Bool
    ) throws -> [Question] {
        let recursive = ["admin", "list", "--depends-on", "camlp4", "--recursive", "--short"]
        let check = ["admin", "check", "--installability"]
        let opam = { (arguments: [String], place: String, times: Double) -> [Work] in
            hasPeers ? [.run("opam", arguments, in: place, times: times)] : []
        }
        let any = ["--any-platform", "--ocaml", "any"]
        let needs = ["list", "--needs", "--versions", "--repository"]
        return [
            try need(
                "D3 of 2016-03-02", snapshots.upgraded, World(ocaml: nil, anyPlatform: true), any, directory, hasPeers),
            Question(
                name: "D3 of 2016-03-02, opam's settings",
                ours: needs + [snapshots.upgraded] + any + ["--kinds", "build,test,doc,post"],
                peer: "opam admin check, with and without camlp4", goal: 20,
                work: hasPeers
                    ? opam(check, snapshots.upgraded, 1) + [.take("camlp4", from: snapshots.upgraded)]
                        + opam(check, snapshots.upgraded, 1) + [.putBack("camlp4", into: snapshots.upgraded)] : [],
                check: { answers in
                    guard answers.count == 2 else { return [] }
                    return try broken(answers[1]).subtracting(try broken(answers[0]))
                }),
            try need(
                "D3 of the newest, OCaml 4.14.2", snapshots.newest, World(ocaml: Version("4.14.2")),
                ["--ocaml", "4.14.2"], directory, hasPeers),
            Question(
                name: "history of all quarters", ours: ["history", "--repository", snapshots.history],
                peer: "opam admin list --recursive, newest, twice", goal: 1, work: opam(recursive, snapshots.newest, 2)),
            Question(
                name: "plan of 2016-03-02",
                ours: [
                    "plan", "--repository", snapshots.old, "--target", "2016-03-02", "--output", "\(directory)/plan",
                ],
                peer: "opam admin list --recursive", goal: 3, work: opam(recursive, snapshots.old, 1)),
            Question(
                name: "plan of the newest",
                ours: [
                    "plan", "--repository", snapshots.newest, "--target", "2026-06-30", "--output",
                    "\(directory)/plan",
                ],
                peer: "opam admin list --recursive", goal: 10, work: opam(recursive, snapshots.newest, 1)),
            Question(
                name: "reverse dependencies, newest",
                ours: [
                    "list", "--depends-on", "camlp4", "--recursive", "--versions", "--repository", snapshots.newest,
                ],
                peer: "opam admin list --recursive", goal: 30,
                work: opam(recursive + ["--all-versions"], snapshots.newest, 1),
                check: { answers in try answers.first.map(lines) ?? [] }),
        ]
    }

    /// D3 in a world beside dose, which gets the universe of that world with camlp4 and without it.
    private static func need(
        _ name: String, _ repository: String, _ world: World, _ options: [String], _ directory: String,
        _ hasPeers: Bool
    ) throws -> Question {
        let ours = ["list", "--needs", "--versions", "--repository", repository] + options
        let peer = "dose-distcheck, with and without camlp4"
        guard hasPeers else { return Question(name: name, ours: ours, peer: peer, goal: 5, work: []) }
        let universe = try Snapshots.universe(repository)
        let files = [true, false].map { isThere in
            (path: "\(directory)/\(world.ocaml?.text ?? "any")-\(isThere).cudf", hasRoots: isThere)
        }
        let roots = Set(universe.versions(of: "camlp4"))
        let isThere = universe.packages.indices.map { position in
            let package = universe.packages[position]
            if let ocaml = world.ocaml, universe.name(position) == "ocaml" { return package.version.isSame(as: ocaml) }
            return world.anyPlatform || package.file.available.isTrue(undefined: false) { world.value(of: $0) }
        }
        for file in files {
            let text = CUDF.text(of: universe, world) { isThere[$0] && (file.hasRoots || !roots.contains($0)) }
            try AtomicFileWriter.write(Array(text.utf8), to: file.path)
        }
        return Question(
            name: name, ours: ours, peer: peer, goal: 5,
            work: files.map { .run("dose-distcheck", ["-f", "-tcudf", $0.path], in: directory, times: 1) },
            check: { answers in
                let broken = try answers.map { answer in
                    CUDF.broken(in: String(decoding: try FileReader.read(answer), as: UTF8.self), of: universe)
                }
                guard broken.count == 2 else { return [] }
                return Set(broken[1].subtracting(broken[0]).subtracting(roots).map(universe.identifier))
            })
    }

    /// What `opam admin check` names: what cannot be installed, and what depends on that.
    private static func broken(_ path: String) throws -> Set<String> {
        // The names come on standard error.
        let text = String(decoding: try FileReader.read(path + ".err"), as: UTF8.self)
        let names = text.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.contains("the following depend") }
        return Set(names.flatMap { $0.split(separator: " ") }.map { String($0.filter { $0 != "(" && $0 != ")" }) })
    }
}
