import TestSupport
import Testing
import Text
import Workspace

/// The web report in a real browser: search, filters, order, the address, a package's page, the graph, contrast, phones,
/// screen readers, and texts from outside that try to be more than text. What the page has to say is taken from
/// `plan.json`.
@Suite(.serialized) struct PageTests {
    private static let browserScripts = BuiltProgram.repository + "/Tests/WebTests/Browser"

    @Test func fiveThousandPackages() async throws {
        try await TemporaryDirectory.with { temporary in
            let universe = try await GitUniverse(GitUniverse.large(5000), in: temporary.path)
            try await browse(universe, temporary.path, term: "pack-4999", package: "cstruct", hostile: [:])
        }
    }

    @Test func hostileTexts() async throws {
        try await TemporaryDirectory.with { temporary in
            let long = "n" + String(repeating: "ame-", count: 2500)
            let images = "<img src=x onerror=hacked=1>"
            let script = "</script><script>hacked=1</script>"
            let accented = "q\"\u{0301} onmouseover=hacked=1 x=\""
            let turned = "abc\u{202E}cba\u{2066}"
            var files = GitUniverse.large(60)
            files += [
                GitUniverse.package(
                    "evil", "1.0",
                    """
                    maintainer: ["\(images) <x@example.org>" "\(script)" "\(turned)"]
                    homepage: "javascript:hacked=1"
                    dev-repo: "git+javascript://x%0ahacked=1"
                    tags: ["org:\(script)" "org:<b class=injected>"]
                    depends: ["camlp4" "cstruct" {>= "1.0~<b>"}]
                    """),
                GitUniverse.package(
                    "quotes", "1.0",
                    """
                    maintainer: "q\\"\u{0301} onmouseover=hacked=1 x=\\""
                    homepage: "data:text/html,\(script)"
                    depends: ["camlp4"]
                    """),
                GitUniverse.package(long, "1.0", "maintainer: \"a@example.org\"\ndepends: [\"camlp4\" \"evil\"]"),
                ("packages/\(images).1/opam", "opam-version: \"1.2\"\n"),
                ("packages/\(accented).1/opam", "opam-version: \"1.2\"\n"),
                ("packages/x&lt;y.1/opam", "opam-version: \"1.2\"\n"),
            ]
            let universe = try await GitUniverse(files, in: temporary.path)
            let source = "let f () = lwt x = g \"\(script)\" in h x"
            try DirectoryMaker.make("\(temporary.path)/sources/evil.1.0")
            try AtomicFileWriter.write(
                Array("\(source)\n".utf8), to: "\(temporary.path)/sources/evil.1.0/\(turned).ml")
            try await browse(
                universe, temporary.path, term: "evil", package: "cstruct", sources: "evil",
                hostile: [
                    "evil": [
                        script, turned, "javascript:hacked=1", "org:<b class=injected>", source,
                        source.replacing("lwt x", with: "let%lwt x"), "\(turned).ml:1",
                    ],
                    "quotes": [String(accented.dropLast())], long: [long],
                ],
                skipped: ["packages/\(images).1/opam", "packages/\(accented).1/opam", "packages/x&lt;y.1/opam"])
        }
    }

    /// A validator of HTML finds nothing to say.
    @Test func validMarkup() async throws {
        try await TemporaryDirectory.with { temporary in
            let universe = try await GitUniverse(GitUniverse.large(200), in: temporary.path)
            try await plan(universe, temporary.path)
            let tidy = try await ProcessRunner.run(
                "tidy", ["-errors", "-quiet", "-utf8", "\(temporary.path)/plan/index.html"])
            #expect(tidy.succeeded && tidy.errorText.isEmpty, "\(tidy.errorText)")
        }
    }

    private func plan(_ universe: GitUniverse, _ directory: String, sources: String? = nil) async throws {
        let answer = try await BuiltProgram.run(
            ["plan", "--repository", universe.path, "--at", "2016-03-02", "--output", "\(directory)/plan"]
                + (sources == nil ? [] : ["--no-cache", "--sources", "\(directory)/sources"]))
        try #require(answer.status == 0, "\(answer.errorText)")
    }

    private func browse(
        _ universe: GitUniverse, _ directory: String, term: String, package: String, sources: String? = nil,
        hostile: [String: [String]], skipped: [String] = []
    ) async throws {
        try await plan(universe, directory, sources: sources)
        let plan = try JSONValue(parsing: FileReader.read("\(directory)/plan/plan.json"))
        let expected = try Expected(
            plan, term: term, package: package, sources: sources, hostile: hostile, skipped: skipped)
        try AtomicFileWriter.write(expected.json, to: "\(directory)/expected.json")
        let script = BuiltProgram.repository + "/out/axe/axe.min.js"
        let hasAxe = (try? FileReader.read(script)) != nil
        if !hasAxe { StandardStream.error.writeLine("SKIPPED: axe-core on the page: .ci/axe out/axe did not bring it") }
        let axe = hasAxe ? [script] : []
        // Debian's own Python, which has Debian's websocket module.
        let answer = try await ProcessRunner.run(
            "/usr/bin/python3",
            ["\(Self.browserScripts)/check_page.py", "\(directory)/plan/index.html", "\(directory)/expected.json"]
                + axe,
            environment: [("PYTHONDONTWRITEBYTECODE", "1")])
        let broken = answer.outputText.split(separator: "\n").filter { $0.hasPrefix("BROKEN") }
        #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(answer.outputText.contains("interactive after"))
        if hasAxe, expected.isSmall { #expect(answer.outputText.contains("axe-core looked at everything")) }
    }
}

/// What `plan.json` says and the page has to show.
private struct Expected {
    let json: [UInt8]
    /// Small enough for every view to be looked at by axe-core.
    let isSmall: Bool

    init(
        _ plan: JSONValue, term: String, package: String, sources: String?, hostile: [String: [String]],
        skipped: [String]
    ) throws {
        let packages = plan["packages"]?.array ?? []
        isSmall = packages.count < 1000
        let entry = try #require(packages.first { $0["name"]?.string == package })
        var json = JSONWriter()
        json.object { json in
            json.field("count", packages.count)
            json.field("needing", packages.count { $0["needs_camlp4"]?.bool == true })
            json.field("term", term)
            json.field("found", packages.compactMap { $0["name"]?.string }.filter { $0.contains(term) })
            json.field("ready", plan["totals"]?["ready"]?.int ?? 0)
            json.field("package", package)
            json.field("sources", sources)
            json.field("status", entry["status"]?.string)
            json.field("path", entry["path_text"]?.string)
            json.field("actions", entry["actions"]?.strings ?? [])
            json.field("direct", entry["direct_dependents"]?.int ?? 0)
            json.field("extension", entry["extensions"]?.strings.first ?? "type_conv")
            json.field("days", (plan["flag_days"]?.array ?? []).compactMap { $0["id"]?.string })
            json.object("hostile") { json in
                for (name, texts) in hostile.sorted(by: { $0.key < $1.key }) { json.field(name, texts) }
            }
            json.field("skipped", skipped)
        }
        self.json = json.bytes
    }
}
