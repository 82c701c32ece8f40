import Foundation
import TestSupport
import Testing
import Workspace

/// `.caravan.yml`: what it says holds for every verb that looks at a checkout, and mistakes in it are told with their place.
@Suite struct ConfigurationTests {
    private static let house = """
        extensions:
          - name: house
            keywords: [houseblock]
            quotations: [house]
            patterns: ['HOUSE_PP *= *(\\S+)']
            message: the house's own syntax
            replacement: write [%house …] instead
            examples:
              report:
                - let a = «houseblock» 1
                - let a = <:house< b >>
                - {file: Makefile, text: "HOUSE_PP = «pa_house»\\n"}
              silent:
                - let houseblock_size = 1
                - {file: Makefile, text: "# HOUSE_PP = pa_house\\n"}

        """

    private func repository(_ configuration: String, _ files: [String: String] = [:]) async throws -> GateRepository {
        try await GateRepository(
            [
                ".caravan.yml": configuration, "_tags": Camlp4Files.tags, "lib/a.ml": Camlp4Files.binding("f"),
                "vendor/b.ml": Camlp4Files.binding("g"),
            ].merging(files) { $1 })
    }

    /// Bad keys and values, with the place and what to write.
    @Test(arguments: [
        ("exclud: [vendor]\n", ".caravan.yml:1: there is no key `exclud`; did you mean `exclude`?"),
        ("max-severity: eror\n", ".caravan.yml:1: `max-severity` knows no `eror`"),
        ("target: soon\n", ".caravan.yml:1: `target` takes a day"),
        ("only: {a: b}\n", ".caravan.yml:1: `only` takes a list"),
        ("except: [lwtt]\n", "lwtt: there is no rule or extension of this name; did you mean lwt?"),
        ("a: [\n", ".caravan.yml:"),
        ("extensions:\n  - name: x\n    replacement: y\n", ".caravan.yml:2: `name` says nothing that shows it"),
        (
            "extensions:\n  - name: x\n    replacement: y\n    patterns: ['a(']\n",
            ".caravan.yml:4: `patterns` has `a(`, which PCRE2 does not take: missing closing parenthesis"
        ),
        (
            "extensions:\n  - name: x\n    replacement: y\n    keywords: [k]\n    examples: {reported: [a]}\n",
            ".caravan.yml:5: there is no key `reported`; did you mean `report`?"
        ),
    ])
    func mistakes(_ configuration: String, _ message: String) async throws {
        let repository = try await repository(configuration)
        for verb in [["gate"], ["scan"], ["rewrite", "--check"]] {
            let answer = try await BuiltProgram.run(verb, in: repository.path)
            #expect(answer.status == 123, "\(verb)")
            #expect(answer.errorText.contains(message), "\(verb): \(answer.errorText)")
            let without = try await BuiltProgram.run(verb + ["--no-config"], in: repository.path)
            #expect(without.status <= 1, "\(verb): \(without.errorText)")
        }
    }

    @Test func foldersAndRulesOfEveryVerb() async throws {
        let repository = try await repository("exclude: [vendor]\nexcept: [lwt/package]\nrules: {camlp4/syntax: off}\n")
        func run(_ arguments: String..., at folder: String = "") async throws -> ProcessOutput {
            try await BuiltProgram.run(arguments, in: repository.path + folder)
        }
        let gate = try await run("gate", "--format", "json")
        #expect(gate.outputText.contains("\"path\": \"lib/a.ml\""))
        #expect(!gate.outputText.contains("vendor/b.ml"))
        #expect(!gate.outputText.contains("\"_tags\""))
        let scan = try await run("scan", "--format", "json")
        #expect(scan.outputText.contains("left out by .caravan.yml"), "\(scan.outputText)")
        #expect(!scan.outputText.contains("lwt/package"))
        #expect(scan.outputText.contains("lwt/let"))
        let all = try await run("scan", "--format", "json", "--no-config")
        #expect(all.outputText.contains("lwt/package"))
        #expect(!all.outputText.contains("left out by"))
        let rewrite = try await run("rewrite")
        #expect(rewrite.outputText.contains("+++ b/lib/a.ml"))
        #expect(!rewrite.outputText.contains("vendor/b.ml"))
        #expect(!rewrite.outputText.contains("_tags"))
        #expect(try await run("rewrite", "--no-config").outputText.contains("+++ b/vendor/b.ml"))
        // From a folder below the root the same holds; a file that is named is meant.
        #expect(!(try await run("rewrite", at: "/vendor").outputText.contains("b.ml")))
        #expect(try await run("scan", "vendor/b.ml").outputText.contains("lwt/let"))
    }

    @Test func dayOfEveryVerb() async throws {
        let repository = try await repository("target: 2016-01-01\n")
        let early = try await BuiltProgram.run(["rewrite"], in: repository.path)
        let late = try await BuiltProgram.run(["rewrite", "--no-config"], in: repository.path)
        let named = try await BuiltProgram.run(["rewrite", "--target", "2020-01-01"], in: repository.path)
        #expect(early.outputText.contains("package(lwt.ppx)"), "\(early.outputText)")
        #expect(late.outputText.contains("package(lwt_ppx)"), "\(late.outputText)")
        #expect(named.outputText.contains("package(lwt_ppx)"))
        let scan = try await BuiltProgram.run(["scan", "--format", "json"], in: repository.path)
        #expect(scan.outputText.contains("lwt.ppx"))
    }

    @Test func ignoredFiles() async throws {
        let repository = try await repository("", [".gitignore": "/gen/\n"])
        try repository.write(Camlp4Files.binding("h"), to: "gen/c.ml")
        let diff = try await BuiltProgram.run(["rewrite"], in: repository.path)
        #expect(diff.outputText.contains("lib/a.ml"))
        #expect(!diff.outputText.contains("gen/c.ml"))
        let all = try await BuiltProgram.run(["rewrite", "--no-ignore"], in: repository.path)
        #expect(all.outputText.contains("gen/c.ml"))
    }

    @Test func extensionsOfOnesOwn() async throws {
        let repository = try await repository(
            Self.house,
            [
                "lib/h.ml": "let a = houseblock 1\nlet b = <:house< c >>\n",
                "Makefile": "# HOUSE_PP = none\nHOUSE_PP = pa_house\nall: a.cmo\n",
            ])
        for verb in [["gate", "--format", "json"], ["scan", "--format", "json"]] {
            let answer = try await BuiltProgram.run(verb, in: repository.path)
            for rule in ["house/keyword", "house/quotation", "house/pattern"] {
                #expect(answer.outputText.contains(rule), "\(verb) \(rule): \(answer.errorText)")
            }
            #expect(answer.outputText.contains("the house's own syntax"))
            #expect(answer.outputText.components(separatedBy: "house/pattern").count == 2, "a comment counts")
        }
        let rewrite = try await BuiltProgram.run(["rewrite"], in: repository.path)
        #expect(
            rewrite.errorText.contains("lib/h.ml:1:8: house/keyword: the house's own syntax: write [%house …] instead"),
            "\(rewrite.errorText)")
        // What was printed means the same.
        let printed = try await repository.gate("--print-config")
        try repository.write(printed.outputText, to: ".caravan.yml")
        #expect(try await repository.gate("--print-config").outputText == printed.outputText)
        #expect(try await repository.caravan("rules", "test").status == 0)
    }

    @Test func examplesOfOnesOwn() async throws {
        let repository = try await repository(Self.house)
        let good = try await repository.caravan("rules", "test")
        #expect(good.status == 0, "\(good.outputText)\(good.errorText)")
        #expect(good.outputText == "1 extension, 5 examples: all as they say\n")
        for (right, wrong, message) in [
            (
                "let a = «houseblock» 1", "let a = «housebloc» 1",
                ":10: house: missing: nothing is reported in `let a = housebloc 1`"
            ),
            (
                "let a = «houseblock» 1", "let a = houseblock «1»",
                ":10: house: wrong place: reported is `houseblock`, marked is `1`"
            ),
            ("let houseblock_size = 1", "let a = houseblock 1", ":14: house: noisy: `houseblock` is reported"),
            (
                "{file: Makefile, text: \"H", "{file: README, text: \"H",
                ":12: house: README is the name of no source and of no build file"
            ),
        ] {
            try repository.write(Self.house.replacing(right, with: wrong), to: ".caravan.yml")
            let bad = try await repository.caravan("rules", "test")
            #expect(bad.status == 1, "\(bad.errorText)")
            #expect(bad.outputText.contains(".caravan.yml\(message)"), "\(bad.outputText)")
        }
        try repository.write("target: 2016-01-01\n", to: ".caravan.yml")
        let none = try await repository.caravan("rules", "test")
        #expect(none.status == 0)
        try await repository.remove(".caravan.yml")
        #expect(try await repository.caravan("rules", "test").status == 123)
    }

    /// What the guide shows is a configuration, and its examples hold.
    @Test func guide() async throws {
        let guide = try await BuiltProgram.run(["explain", "configuration"])
        #expect(guide.status == 0)
        let shown = guide.outputText.components(separatedBy: "\n").filter { $0.hasPrefix("  ") }
        let yaml = shown.map { line in
            // Behind two blanks stands what a line means.
            let text = line.dropFirst(2)
            let indent = text.prefix { $0 == " " }
            let rest = text.dropFirst(indent.count)
            return indent + (rest.range(of: "   ").map { rest[..<$0.lowerBound] } ?? rest)
        }.joined(separator: "\n")
        let repository = try await repository(yaml + "\n")
        let test = try await repository.caravan("rules", "test")
        #expect(test.status == 0, "\(test.outputText)\(test.errorText)\n\(yaml)")
        #expect(test.outputText.contains("1 extension, 3 examples"))
        let printed = try await repository.gate("--print-config")
        #expect(printed.status == 0, "\(printed.errorText)")
        for key in ["baseline", "paths", "exclude", "only", "except", "rules", "max-severity", "target", "extensions"] {
            #expect(printed.outputText.contains("\(key):"))
            #expect(shown.contains { $0.hasPrefix("  \(key):") }, "\(key)")
        }
    }

    /// Two repositories with a configuration each are two questions.
    @Test func twoRepositories() async throws {
        let one = try await repository("exclude: [vendor]\n")
        let other = try await repository("exclude: [lib]\n")
        let both = try await BuiltProgram.run(["scan", one.path, other.path])
        #expect(both.status == 123)
        #expect(both.errorText.contains("--no-config"))
        #expect(try await BuiltProgram.run(["scan", one.path, other.path, "--no-config"]).status == 0)
    }
}
