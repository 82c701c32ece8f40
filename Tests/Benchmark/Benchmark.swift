import Glibc
import OCamlSyntax
import TestSupport
import Workspace

/// Measures the OCaml engine against OCaml's own and the scanner against ripgrep, in one run on the same files.
///
///     benchmark [--rounds N] [--ours] DIRECTORY…
///     benchmark --universe BUNDLE [--rounds N] [--ours]
///
/// The second form is `UniverseBenchmark`.
/// Figures are CPU seconds, user and system, of the work alone, the best of the rounds; in every round the peers take
/// turns with us, so that a busy machine disturbs all of them. `--ours` leaves out the peers. A peer that is not
/// installed is told on standard error, and its lines are left out.
@main struct Benchmark {
    static func main() async {
        do {
            try await Benchmark(arguments: Array(CommandLine.arguments.dropFirst())).run()
        } catch {
            StandardStream.error.writeLine("benchmark: \(error)")
            exit(1)
        }
    }

    private var rounds = 5
    private var hasPeers = true
    private var bundle: String?
    private var directories: [String] = []

    private init(arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--rounds": rounds = max(rest.popFirst().flatMap(Int.init) ?? rounds, 1)
            case "--ours": hasPeers = false
            case "--universe": bundle = rest.popFirst()
            default: directories.append(argument)
            }
        }
        if directories.isEmpty, bundle == nil {
            throw ProcessError(command: "benchmark", reason: "name a directory of OCaml sources")
        }
    }

    private func run() async throws {
        guard let bundle else { return try await measureSources() }
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        try await UniverseBenchmark(
            bundle: bundle, rounds: rounds, directory: directory.path, caravan: Self.program, hasPeers: hasPeers
        ).run()
    }

    /// `caravan`, which is built beside this program. An absolute path: processes start in other folders.
    static let program: String = {
        let file = unsafe realpath("/proc/self/exe", nil)
        defer { unsafe free(file) }
        let path = unsafe file.map { unsafe String(cString: $0) } ?? CommandLine.arguments.first ?? ""
        return (path.split(separator: "/", omittingEmptySubsequences: false).dropLast() + ["caravan"])
            .joined(separator: "/")
    }()

    private func measureSources() async throws {
        var files = try Self.sources(below: directories)
        let peer = hasPeers ? try await OCamlPeer() : nil
        if let accepted = try await peer?.accepted(files.map(\.path)) {
            files.removeAll { !accepted.contains($0.path) }
        }
        let size = files.reduce(0) { $0 + $1.bytes.count }
        guard size > 0 else { throw ProcessError(command: "benchmark", reason: "no OCaml source is there") }
        print("\(files.count) files, \(Table.number(Double(size) / 1e6)) MB, CPU time, best of \(rounds)")

        var ours = Engine.Times()
        var theirs = OCamlPeer.Times()
        let scan = ScanPeer.ours(directories)
        let search = ScanPeer.theirs(directories)
        let scans = await scan.isThere()
        let searches = hasPeers ? await search.isThere() : false
        var scanTime = Double.infinity
        var searchTime = Double.infinity
        for _ in 0..<rounds {
            scanTime = min(scanTime, try await scan.cost(scans))
            searchTime = min(searchTime, try await search.cost(searches))
            let times = LargeStack.run { Engine.measure(files) }
            ours.keepBest(times)
            if let times = try await peer?.measure(files.map(\.path)) { theirs.keepBest(times) }
        }
        var table = Table(["job", "ours", "ns/byte", "peer", "its time", "ratio"], left: [0, 3])
        for row in [
            Row("all bytes summed, as a floor", ours.sum), Row("files read", ours.read),
            Row("lexed by stock's rules", ours.stock, "OCaml's lexer", theirs.lex),
            Row("lexed by camlp4's rules", ours.camlp4),
            Row("lexed and parsed", ours.parse, "OCaml's parser", theirs.parse),
            Row("caravan scan, JSON", scanTime, "rg -c of 30 words", searchTime),
            Row("caravan scan, JSON", scanTime, "OCaml's parser", theirs.parse),
        ] where row.ours < .infinity && (row.peer.isEmpty || row.theirs < .infinity) {
            table.add(row.cells(size: size))
        }
        table.write()
        print("most memory held: \(Stopwatch.peakMemory() >> 20) MiB, the files among it")
    }

    private static func sources(below directories: [String]) throws -> [SourceFile] {
        var files: [SourceFile] = []
        for directory in directories {
            let walker = try FileWalker(root: directory) { $0.hasSuffix(".ml") || $0.hasSuffix(".mli") }
            for file in walker.files {
                let path = "\(directory)/\(file.path)"
                files.append(SourceFile(path: path, location: file.location, bytes: try FileReader.read(file.location)))
            }
        }
        return files
    }
}

/// One line of the table: what a job cost us and a peer, in seconds; infinite where it was not measured.
private struct Row {
    let job: String
    let ours: Double
    let peer: String
    let theirs: Double

    init(_ job: String, _ ours: Double, _ peer: String = "", _ theirs: Double = .infinity) {
        self.job = job
        self.ours = ours
        self.peer = peer
        self.theirs = theirs
    }

    func cells(size: Int) -> [String] {
        let isCompared = theirs < .infinity
        return [
            job, "\(Table.number(ours)) s", Table.number(ours * 1e9 / Double(size)), isCompared ? peer : "",
            isCompared ? "\(Table.number(theirs)) s" : "", isCompared ? "\(Table.number(theirs / ours)) x" : "",
        ]
    }
}

/// A source in memory.
struct SourceFile: Sendable {
    let path: String
    let location: [UInt8]
    let bytes: [UInt8]

    var isInterface: Bool { path.hasSuffix("i") }
}
