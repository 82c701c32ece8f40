import BuildFiles
import Catalogue
import Findings
import Testing
import Text
import Workspace

/// What the catalogue's edits make, and what a scan says of stock OCaml, against stock OCaml's own parser.
@Suite struct RewriteOracleTests {
    private struct Source {
        let name: String
        let before: [UInt8]
        let scanned: ScannedFile
    }

    @Test func everyExample() async throws {
        guard let sources = try await sources(named: "the catalogue's examples", from: examples) else { return }
        #expect(sources.count > 80)
        try await check(sources, everyEdited: true)
    }

    @Test func everySourceOfTheCorpus() async throws {
        guard let sources = try await sources(named: "the corpus", from: corpus) else { return }
        #expect(sources.count > 30)
        try await check(sources, everyEdited: false)
    }

    /// What a scan calls rejected is rejected. And what has an edit for each
    /// finding parses when they are made.
    private func check(_ sources: [Source], everyEdited: Bool) async throws {
        try await Oracle.withDirectory { directory in
            for source in sources {
                let accepted = try await parses(source.before, source.name, in: directory)
                if accepted { #expect(source.scanned.acceptedByStock, "\(source.name) is taken by ocamlc") }
                let fixes = source.scanned.findings.map(\.fix)
                guard !fixes.isEmpty, fixes.allSatisfy({ !$0.edits.isEmpty }) else { continue }
                let script = EditScript(
                    source.scanned.findings.inNestingOrder().map {
                        EditScript.Group(owner: $0.construct, edits: $0.fix.edits)
                    })
                #expect(script.refused == [], "\(source.name): edits overlap")
                let after = script.applied(to: source.before).bytes
                #expect(
                    try await parses(preprocessed(after, in: directory), source.name, in: directory),
                    "\(source.name) is not taken after its edits:\n\(String(decoding: after, as: UTF8.self))")
            }
        }
    }

    /// Without the lines that are for cppo, where it has any: what cppo makes of it. Files that it includes are empty.
    private func preprocessed(_ bytes: [UInt8], in directory: String) async throws -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.split(separator: "\n").contains(where: { $0.hasPrefix("#") }) else { return bytes }
        guard await Oracle.has("cppo") else {
            Oracle.skip("lines for cppo", because: "there is no cppo")
            return []
        }
        for name in ["other.ml", "a.mli"] { try AtomicFileWriter.write([], to: "\(directory)/\(name)") }
        let answer = try await Oracle.run("cppo", ["-V", "OCAML:4.13.1"], in: directory, input: bytes)
        #expect(answer.succeeded, "\(answer.errorText)\n\(text)")
        return answer.output
    }

    private func parses(_ bytes: [UInt8], _ name: String, in directory: String) async throws -> Bool {
        let file = "\(directory)/\(name.hasSuffix(".mli") ? "a.mli" : "a.ml")"
        try AtomicFileWriter.write(bytes, to: file)
        return try await Oracle.run("ocamlc", ["-stop-after", "parsing", "-w", "-a", file]).succeeded
    }

    private func sources(named what: String, from make: () async throws -> [Source]) async throws -> [Source]? {
        guard await Oracle.has("ocamlc") else {
            Oracle.skip(what, because: "there is no ocamlc")
            return nil
        }
        return try await make()
    }

    private func examples() async throws -> [Source] {
        let scanner = SourceScanner(Catalogue.index, nil)
        return Catalogue.all.flatMap(\.rules).flatMap { rule in
            rule.examples.enumerated().compactMap { number, example in
                let text =
                    switch example {
                    case .reported(let text), .silent(let text), .ordinary(let text), .rewritten(let text, _): text
                    }
                let bytes = Array(text.filter { $0 != "«" && $0 != "»" }.utf8)
                var on: [String]? = Catalogue.index.closure(of: [rule.extension])
                if case .ordinary = example { on = nil }
                guard case .scanned(let file) = scanner.scan(bytes, path: "a.ml", turnedOn: on) else { return nil }
                return Source(name: "\(rule.id) \(number)", before: bytes, scanned: file)
            }
        }
    }

    private func corpus() async throws -> [Source] {
        let root = "\(Oracle.packageRoot)/corpus/checkouts"
        let walk = try FileWalker(root: root) {
            $0.hasSuffix(".ml") || $0.hasSuffix(".mli") || BuildFormat.mayTake(fileName: $0)
        }
        var files: [BuildFile] = []
        var declarations: [BuildKnowledge.Declaration] = []
        for entry in walk.files {
            guard let format = BuildFormat.of(path: entry.path) else { continue }
            let bytes = try FileReader.read(entry.location)
            let file = format.read(bytes, path: entry.path)
            files.append(file)
            declarations += MetadataScanner(Catalogue.index).scan(file, bytes).declarations
        }
        let scanner = SourceScanner(Catalogue.index, BuildKnowledge(files, declarations: declarations))
        return try walk.files.compactMap { entry in
            guard SourceLanguage.isSource(fileName: fileName(of: entry.path)) else { return nil }
            let bytes = try FileReader.read(entry.location)
            guard case .scanned(let file) = scanner.scan(bytes, path: entry.path) else { return nil }
            return Source(name: entry.path, before: bytes, scanned: file)
        }
    }
}
