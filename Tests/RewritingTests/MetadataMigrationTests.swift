import BuildFiles
import Catalogue
import Findings
import Rewriting
import Testing
import Text

/// Build files of which every byte is known, with sources that use an extension, use none, or have something left.
@Suite struct MetadataMigrationTests {
    private static let lwt = source("lib/a.ml", ["lwt"])

    private static func source(_ path: String, _ uses: [String], left rule: String? = nil) -> CheckoutSource {
        let leftovers = rule.map { rule in
            [
                Leftover(
                    kind: .manual, path: path, place: Position(offset: 0, line: 7, column: 0), rule: rule,
                    reason: "by hand")
            ]
        }
        return CheckoutSource(
            path: path, uses: uses, converted: uses, leftovers: leftovers ?? [], namesCamlp4: false)
    }

    private struct Answer {
        var files: [String: String] = [:]
        var leftovers: [String] = []
    }

    private func convert(
        _ files: [(String, String)], _ sources: [CheckoutSource], on day: TargetDate = .newest,
        links: [SourceLinks.Link] = []
    ) throws -> Answer {
        let scanner = MetadataScanner(Catalogue.index)
        let builds = try files.map { path, text in
            let bytes = Array(text.utf8)
            let file = try #require(BuildFormat.of(path: path)).read(bytes, path: path)
            return CheckoutBuild(file: file, bytes: bytes, result: scanner.scan(file, bytes))
        }
        let migration = MetadataMigration(
            builds, sources: sources, Catalogue.index, aim: Aim(target: day), links: SourceLinks(links))
        var answer = Answer()
        for build in builds {
            let outcome = try #require(migration.outcome(of: build.file.path))
            let file = MetadataRewriter(Catalogue.index).rewrite(build, outcome)
            answer.files[build.file.path] = String(decoding: file.after, as: UTF8.self)
            answer.leftovers += file.leftovers.map(\.description)
        }
        return answer
    }

    private func convert(
        _ path: String, _ text: String, _ sources: [CheckoutSource] = [lwt], on day: TargetDate = .newest
    ) throws -> String? {
        try convert([(path, text)], sources, on: day).files[path]
    }

    @Test(arguments: [
        (">= 4.00", ">= 4.02"), (">= 4.01.0", ">= 4.02.0"), (">= 3.12 && < 5", ">= 4.02 && < 5"),
        (">= 4.02.3", ">= 4.02.3"),
        ("< 4.10", "< 4.10"),
    ]) func oasisStatesTheFirstOCamlWithPPX(stated: String, expected: String) throws {
        func text(_ version: String, _ package: String) -> String {
            "OCamlVersion:  \(version)\nLibrary a\n  Path: lib\n  BuildDepends: \(package)\n"
        }
        #expect(try convert("_oasis", text(stated, "lwt.syntax")) == text(expected, "lwt_ppx"))
        // Without a ppx nothing asks for it.
        let plain = Self.source("lib/a.ml", [])
        #expect(try convert("_oasis", text(stated, "lwt, lwt.syntax"), [plain]) == text(stated, "lwt"))
    }

    /// What comes with a syntax package stays where a source calls it.
    @Test(arguments: [
        ("let f = Lwt.return", "<lib/*.ml>: package(lwt.syntax), annot\n", "<lib/*.ml>: package(lwt), annot\n"),
        ("let f = Lwt.return", "<lib/*.ml>: package(lwt.syntax), package(lwt)\n", "<lib/*.ml>: package(lwt)\n"),
        (
            "let f = Lwt.return", "<*/*.ml>: package(lwt.unix)\n<lib/*.ml>: package(lwt.syntax), annot\n",
            "<*/*.ml>: package(lwt.unix)\n<lib/*.ml>: annot\n"
        ),
        ("let f = M.return (* Lwt *) \"Lwt\"", "<lib/*.ml>: package(lwt.syntax), annot\n", "<lib/*.ml>: annot\n"),
        ("module M = Deriving_Show", "<lib/*.ml>: package(deriving.syntax), annot\n", nil),
    ]) func libraryBehindAnUnusedSyntaxStays(code: String, before: String, after: String?) throws {
        let file = RewrittenFile(
            path: "lib/a.ml", before: Array(code.utf8), after: Array(code.utf8), converted: [], leftovers: [],
            isAccepted: true)
        let answer = try convert([("_tags", before)], [CheckoutSource(file)])
        #expect(answer.files["_tags"] == after ?? before)
        #expect(answer.leftovers.contains { $0.contains("names Deriving_Show") } == (after == nil))
    }

    /// camlp4 reads no line of cppo's, so a file that waits for cppo alone keeps no camlp4 on.
    @Test(arguments: [("#include \"config.mlh\"\nlet x = 1\n", true), ("#if A\nlet x = 1\n", false)])
    func whatWaitsForCppoNeedsNoCamlp4(text: String, goes: Bool) throws {
        let rejected = Leftover(
            kind: .rejected, path: "lib/a.ml", place: Position(offset: 0, line: 1, column: 0), rule: "ocaml/rejected",
            reason: "")
        let file = RewrittenFile(
            path: "lib/a.ml", before: [], after: Array(text.utf8), converted: [], leftovers: [rejected],
            isAccepted: false)
        let source = CheckoutSource(file)
        let after = try convert("_tags", "<lib/*.ml>: syntax(camlp4o), a\n", [source])
        #expect(after?.contains("camlp4") == !goes)
    }

    /// Where the last line of several goes, the one before it ends there.
    @Test(arguments: [
        ("R = unix \\\n  lwt.syntax\nN = foo\n", "R = unix\nN = foo\n"),
        ("R = unix \\\n  lwt.syntax \\\n  sexplib.syntax\nN = foo\n", "R = unix\nN = foo\n"),
        ("R = unix \\\n  lwt.syntax \\\n  str\nN = foo\n", "R = unix \\\n  str\nN = foo\n"),
        ("R = \\\n  lwt.syntax\nN = foo\n", "R =\nN = foo\n"),
        ("REQUIRES = unix \\\n  lwt.syntax\nN = foo\n", "REQUIRES = unix\nN = foo\n"),
        ("REQUIRES = \\\n  lwt.syntax \\\n  sexplib.syntax\nN = foo\n", "REQUIRES =\nN = foo\n"),
        ("REQUIRES = lwt.syntax \\\n  unix\nN = foo\n", "REQUIRES = unix\nN = foo\n"),
    ]) func linesThatGoOnEndWhereTheirLastGoes(before: String, after: String) throws {
        #expect(try convert("Makefile", before, []) == after)
    }

    /// What one list names says nothing of the next.
    @Test(arguments: [
        (
            "Makefile",
            "%.cmo: %.ml\n\tocamlfind ocamlc -package lwt.syntax -syntax camlp4o -c $<\n%.cmx: %.ml\n\tocamlfind ocamlopt -package lwt.syntax -syntax camlp4o -c $<\n",
            "%.cmo: %.ml\n\tocamlfind ocamlc -package lwt_ppx -c $<\n%.cmx: %.ml\n\tocamlfind ocamlopt -package lwt_ppx -c $<\n"
        ),
        (
            "setup.ml",
            "(* OASIS_START *)\na = [FindlibPackage (\"lwt.syntax\", None)];\nb = [FindlibPackage (\"lwt\", None); FindlibPackage (\"lwt.syntax\", None)]",
            "(* OASIS_START *)\na = [FindlibPackage (\"lwt_ppx\", None)];\nb = [FindlibPackage (\"lwt\", None); FindlibPackage (\"lwt_ppx\", None)]"
        ),
    ]) func listsApartAreServedApart(path: String, before: String, after: String) throws {
        #expect(try convert("lib/" + path, before) == after)
    }

    @Test func aLineStaysForASourceThatIsReachedByALink() throws {
        let tags = ("_tags", "<a/*.ml>: package(lwt.syntax), b\n")
        let source = Self.source("lib/a.ml", ["lwt"], left: "lwt/let")
        #expect(try convert([tags], [source]).files["_tags"] == "<a/*.ml>: b\n")
        let linked = try convert([tags], [source], links: [.init(path: "a/a.ml", target: "lib/a.ml")])
        #expect(linked.files["_tags"] == tags.1)
        #expect(linked.leftovers == ["_tags:1:10: lwt/package: lib/a.ml:7 still needs it (lwt/let)"])
    }

    @Test(arguments: [
        ("_tags", "<lib/*.ml>: package(lwt.syntax), syntax(camlp4o), annot\n", "<lib/*.ml>: package(lwt_ppx), annot\n"),
        ("_tags", "<lib/*.ml>: annot\n<lib/*.ml>: camlp4o\n", "<lib/*.ml>: annot\n"),
        ("_tags", "<lib/*.ml>: a, \\\r\n\tpkg_lwt.syntax\r\n", "<lib/*.ml>: a, \\\r\n\tpkg_lwt_ppx\r\n"),
        ("_tags", "<lib/*.ml>: package(lwt, lwt.syntax)\n", "<lib/*.ml>: package(lwt, lwt_ppx)\n"),
        ("_tags", "<lib/*.ml>: pp(camlp4o pa_lwt.cmo), a\n", "<lib/*.ml>: package(lwt_ppx), a\n"),
        ("_tags", "<bin/*.ml>: package(lwt.syntax), a\n", "<bin/*.ml>: a\n"),
        (
            "_oasis", "Library a\n  Path: lib\n  BuildDepends: lwt (>= 2.4), lwt.syntax (>= 2.4),\n    unix\n",
            "Library a\n  Path: lib\n  BuildDepends: lwt (>= 2.4), lwt_ppx,\n    unix\n"
        ),
        ("META", "requires = \"lwt lwt.syntax unix\"\n", "requires = \"lwt unix\"\n"),
        (".merlin", "PKG lwt lwt.syntax\nFLG -w +a -syntax camlp4o\n", "PKG lwt lwt_ppx\nFLG -w +a\n"),
        (".merlin", "S .\nFLG -syntax camlp4o\n", "S .\n"),
        (
            "Makefile", "F = -package lwt,lwt.syntax -syntax camlp4o\nall:\n\tocamlfind ocamlc $(F) -c lib/a.ml\n",
            "F = -package lwt,lwt_ppx\nall:\n\tocamlfind ocamlc $(F) -c lib/a.ml\n"
        ),
        (
            "Makefile", "PP = camlp4o\nall:\n\tocamlc -pp \"$(PP)\" -c lib/a.ml\n",
            "PP =\nall:\n\tocamlc -c lib/a.ml\n"
        ),
        (
            "lib/dune", "(library (name a)\n (preprocess (action (run camlp4o pa_lwt.cmo %{input-file}))))\n",
            "(library (name a)\n (preprocess (pps lwt_ppx)))\n"
        ),
        (
            "lib/jbuild", "(library\n ((name a)\n  (preprocess (action (run camlp4o ${<})))))\n",
            "(library\n ((name a)))\n"
        ),
        (".ocamlinit", "#camlp4o;;\n#require \"lwt.syntax\";;\n", "#require \"lwt_ppx\";;\n"),
        ("lib/.travis.yml", "install: opam install lwt camlp4\n", "install: opam install lwt\n"),
        (
            "setup.ml",
            "(* OASIS_START *)\n[FindlibPackage (\"lwt\", None); FindlibPackage (\"lwt.syntax\", Some (V \"2\"))]",
            "(* OASIS_START *)\n[FindlibPackage (\"lwt\", None); FindlibPackage (\"lwt_ppx\", Some (V \"2\"))]"
        ),
    ]) func edits(path: String, before: String, after: String) throws {
        #expect(try convert(path, before) == after)
        // What was edited needs nothing more.
        let converted = [CheckoutSource(path: "lib/a.ml", uses: [], converted: [], leftovers: [], namesCamlp4: false)]
        #expect(try convert(path, after, converted) == after)
    }

    @Test func earlyDaysHaveOtherPackages() throws {
        let day = TargetDate(2016, 3, 1)
        #expect(
            try convert("_tags", "<lib/*.ml>: package(lwt.syntax)\n", on: day) == "<lib/*.ml>: package(lwt.ppx)\n")
        let cstruct = [Self.source("lib/a.ml", ["cstruct"])]
        #expect(
            try convert("_tags", "<lib/*.ml>: package(cstruct.syntax)\n", cstruct, on: day)
                == "<lib/*.ml>: package(cstruct.ppx)\n")
        #expect(
            try convert("_tags", "<lib/*.ml>: package(cstruct.syntax)\n", cstruct)
                == "<lib/*.ml>: package(cstruct), package(ppx_cstruct)\n")
    }

    @Test func opamFile() throws {
        let before = """
            opam-version: "1.2"
            depends: [
              "lwt" {>= "2.4"}
              # for lwt.syntax
              "camlp4" {build}
              "sexplib" {< "113.01.00"}
              "core" {< "113.01.00"}
            ]
            available: [ocaml-version >= "4.00"]

            """
        let after = try convert("opam", before, [Self.source("lib/a.ml", ["lwt", "sexplib"])])
        #expect(
            after == """
                opam-version: "1.2"
                depends: [
                  "lwt" {>= "2.4"}
                  # for lwt.syntax
                  "lwt_ppx" {build & >= "1.0.0"}
                  "ppx_sexp_conv" {build & >= "v0.13.0"}
                  "sexplib"
                  "core"
                ]
                available: [ocaml-version >= "4.02.0"]

                """)
    }

    @Test(arguments: [
        // What rules the ppx out, or the version of its library that it needs.
        ("conflicts: [\n  \"lwt_ppx\"\n  \"core\" {< \"109\"}\n]\n", "conflicts: [\n  \"core\" {< \"109\"}\n]\n"),
        ("conflicts: [ \"sexplib\" {>= \"113.24.00\"} ]\n", ""),
        ("conflicts: [ \"ppx_sexp_conv\" {>= \"v0.9\"} \"async\" ]\n", "conflicts: [ \"async\" ]\n"),
        // Bounds on what nothing asks for any more.
        ("conflicts: [ \"camlp4\" {= \"4.02.0\"} \"async\" ]\n", "conflicts: [ \"async\" ]\n"),
        // What leaves versions that serve, and what is about others.
        ("conflicts: [ \"ppx_sexp_conv\" {>= \"v0.99\"} ]\n", "conflicts: [ \"ppx_sexp_conv\" {>= \"v0.99\"} ]\n"),
        ("conflicts: [ \"sexplib\" {< \"110\"} ]\n", "conflicts: [ \"sexplib\" {< \"110\"} ]\n"),
        ("conflicts: [ \"camlp4\" \"camlp5\" ]\n", "conflicts: [ \"camlp4\" \"camlp5\" ]\n"),
    ]) func conflictsThatWouldStandInTheWay(before: String, after: String) throws {
        let head = "opam-version: \"2.0\"\ndepends: [ \"ocaml\" {>= \"4.02.0\"} \"lwt\" \"sexplib\" \"camlp4\" ]\n"
        let converted = try convert("a.opam", head + before, [Self.source("lib/a.ml", ["lwt", "sexplib"])])
        #expect(converted?.split(separator: "\n").dropFirst(2).joined(separator: "\n") == after.trimmed)
    }

    @Test func formatTwoAsksForOCaml() throws {
        let before = "opam-version: \"2.0\"\ndepends: [\n\t\"ocaml\" {< \"5\"}\n\t\"lwt\"\n\t\"camlp4\"\n]\n"
        #expect(
            try convert("a.opam", before)
                == "opam-version: \"2.0\"\ndepends: [\n\t\"ocaml\" {< \"5\" & >= \"4.02.0\"}\n\t\"lwt\"\n\t\"lwt_ppx\" {>= \"1.0.0\"}\n]\n"
        )
    }

    @Test func aLineStaysWhileASourceNeedsIt() throws {
        let answer = try convert(
            [
                ("_tags", "<lib/a.ml>: package(lwt.syntax), syntax(camlp4o)\n<lib/b.ml>: camlp4o\n"),
                ("opam", "opam-version: \"1.2\"\ndepends: [ \"lwt\" \"camlp4\" \"type_conv\" ]\n"),
            ], [Self.source("lib/a.ml", ["lwt"], left: "lwt/try"), Self.source("lib/b.ml", [])])
        #expect(answer.files["_tags"] == "<lib/a.ml>: package(lwt.syntax), syntax(camlp4o)\n")
        #expect(answer.files["opam"]?.contains("\"camlp4\"") == true)
        #expect(answer.files["opam"]?.contains("type_conv") == false)
        #expect(answer.leftovers.contains("_tags:1:12: lwt/package: lib/a.ml:7 still needs it (lwt/try)"))
        #expect(answer.leftovers.contains { $0.hasPrefix("opam:2:17: camlp4/dependency: ") })
    }

    @Test func whatImplementsAnExtensionStays() throws {
        let text = "Library pa_x\n  Path: syntax\n  XMETAType: syntax\n  BuildDepends: camlp4.lib, type_conv\n"
        let answer = try convert([("_oasis", text), ("opam", "depends: [\"camlp4\"]\n")], [Self.lwt])
        #expect(answer.files["_oasis"] == text)
        #expect(answer.files["opam"]?.contains("\"camlp4\"") == true)
    }

    @Test func generatedPartsFollowTheirGenerator() throws {
        let oasis =
            "Library a\n  Path: lib\n  BuildDepends: lwt, lwt.syntax\n\nLibrary b\n  Path: other\n"
            + "  FindlibParent: a\n  FindlibName: b\n  BuildDepends: lwt.syntax\n"
        let meta =
            "# OASIS_START\nrequires = \"lwt lwt.syntax\"\npackage \"b\" (\n requires = \"lwt.syntax\"\n)\n# OASIS_STOP\n"
        let answer = try convert(
            [("_oasis", oasis), ("lib/META", meta)], [Self.lwt, Self.source("other/c.ml", [])])
        #expect(
            answer.files["lib/META"]
                == "# OASIS_START\nrequires = \"lwt lwt_ppx\"\npackage \"b\" (\n requires = \"\"\n)\n# OASIS_STOP\n")
        #expect(answer.files["_oasis"]?.hasSuffix("  FindlibName: b\n") == true)
    }

    @Test func programsAreShownAndNotEdited() throws {
        let text = "let () = flag [\"ocaml\"; \"compile\"] (S [A \"-syntax\"; A \"camlp4o\"])\n"
        let answer = try convert([("myocamlbuild.ml", text)], [Self.lwt])
        #expect(answer.files["myocamlbuild.ml"] == text)
        #expect(answer.leftovers.count == 1)
    }

    @Test func manyLinesAreQuick() throws {
        let lines = (0..<10_000).map { "<lib/m\($0 % 7).ml>: package(lwt.syntax), syntax(camlp4o), annot\n" }
        let sources = (0..<7).map { Self.source("lib/m\($0).ml", ["lwt"]) }
        let after = try #require(try convert("_tags", lines.joined(), sources))
        #expect(!after.contains("camlp4"))
        #expect(after.split(separator: "\n").count == 10_000)
    }

    @Test func aLibraryListsWhatItsUsersInherit() throws {
        let oasis = """
            Library core
              Path: core
              BuildDepends: sexplib.syntax

            Library top
              Path: top
              BuildDepends: core

            Executable run
              Path: run
              MainIs: run.ml
              BuildDepends: top, lwt.syntax

            """
        let after = try convert(
            "_oasis", oasis, [Self.source("run/run.ml", ["sexplib"]), Self.source("core/a.ml", [])])
        #expect(after?.contains("BuildDepends: sexplib, ppx_sexp_conv\n") == true)
        #expect(after?.contains("BuildDepends: top\n") == true)
    }

    @Test func aScriptHoldsNothing() throws {
        #expect(CheckoutSource.isScript(Array("(* a *)\n#use \"topfind\";;\n".utf8)))
        #expect(!CheckoutSource.isScript(Array("let a = 1\n#if B\n#endif\n".utf8)))
    }

    @Test func boundsAndAdditionsMeetBehindTheLastEntry() throws {
        let before = "opam-version: \"1\"\ndepends: [\n  \"ocamlfind\"\n  \"lwt\"\n]\n"
        let answer = try convert(
            [("opam", before)], [Self.source("lib/a.ml", ["sexplib", "lwt"])], on: TargetDate(2016, 11, 1))
        #expect(
            answer.files["opam"]
                == "opam-version: \"1\"\ndepends: [\n  \"ocamlfind\"\n  \"lwt\" {>= \"2.4.6\"}\n  \"ppx_sexp_conv\" {>= \"113.24.00\"}\n]\n"
        )
        // Format 1 has no way to state OCaml's version that opam still takes.
        #expect(answer.leftovers.contains { $0.contains("4.02.0 or later") })
    }

    @Test func aPackageDoesNotDependOnItself() throws {
        let text = "opam-version: \"2.0\"\ndepends: [ \"ocaml\" {>= \"4.02.0\"} \"lwt\" \"camlp4\" ]\n"
        let answer = try convert([("lwt_ppx.opam", text)], [Self.lwt])
        #expect(answer.files["lwt_ppx.opam"]?.contains("lwt_ppx") == false)
    }

    @Test func anExtensionThatNothingUsesTakesItsLibraryAlong() throws {
        let text = "Library a\n  Path: lib\n  BuildDepends: lwt, custom_printf, custom_printf.syntax\n"
        #expect(try convert("_oasis", text) == "Library a\n  Path: lib\n  BuildDepends: lwt\n")
    }

    @Test func conflictingMetadataIsShownOnBothSides() throws {
        // opam still asks for camlp4, `_oasis` for an extension that no source uses: both go, each told by itself.
        let answer = try convert(
            [
                ("_oasis", "Library a\n  Path: lib\n  BuildDepends: sexplib.syntax\n"),
                ("opam", "opam-version: \"1.2\"\ndepends: [ \"lwt_ppx\" \"camlp4\" ]\n"),
            ], [Self.source("lib/a.ml", [])])
        #expect(answer.files["_oasis"] == "Library a\n  Path: lib\n")
        #expect(answer.files["opam"] == "opam-version: \"1.2\"\ndepends: [ \"lwt_ppx\" ]\n")
    }

    private static func macros(_ path: String, withVersion: Bool = false) -> CheckoutSource {
        CheckoutSource(
            path: path, uses: ["camlp4-macro"], converted: ["camlp4-macro"], leftovers: [], namesCamlp4: false,
            edited: ["camlp4-macro"], lines: .lines(withVersion: withVersion))
    }

    @Test(arguments: [
        ("_tags", "<lib/*.ml>: package(camlp4.macro), syntax(camlp4o), annot\n", "<lib/*.ml>: pp(cppo), annot\n"),
        ("_tags", "<lib/*.ml>: pp(camlp4o pa_macro.cmo -DX -I +camlp4 -U Y)\n", "<lib/*.ml>: pp(cppo -D X -U Y)\n"),
        (
            "Makefile", "PP = camlp4o pa_macro.cmo -DX\na.cmo:\n\tocamlc -pp \"$(PP)\" -c lib/a.ml\n",
            "PP = cppo -D X\na.cmo:\n\tocamlc -pp \"$(PP)\" -c lib/a.ml\n"
        ),
        (
            "Makefile", "a.cmo:\n\tocamlc -pp 'camlp4o pa_macro.cmo -DX' -c a.ml\n\tocamlc -pp camlp4o b.ml\n",
            "a.cmo:\n\tocamlc -pp \"cppo -D X\" -c a.ml\n\tocamlc b.ml\n"
        ),
        ("OMakefile", "OCAMLFINDFLAGS += -syntax camlp4o\n", "OCAMLFINDFLAGS += -pp cppo\n"),
        (
            "lib/dune", "(library (name a)\n (preprocess (action (run camlp4o pa_macro.cmo -DX %{input-file}))))\n",
            "(library (name a)\n (preprocess (action (run cppo -D X %{input-file}))))\n"
        ),
        (
            "lib/jbuild", "(library\n ((name a)\n  (preprocess (action (run camlp4of ${<})))))\n",
            "(library\n ((name a)\n  (preprocess (action (run cppo ${<})))))\n"
        ),
    ]) func whatHasLinesForCppoIsGivenToIt(path: String, before: String, after: String) throws {
        let answer = try convert([(path, before)], [Self.macros("lib/a.ml"), Self.source("lib/b.ml", [])])
        #expect(answer.files[path] == after)
        #expect(answer.leftovers == [])
    }

    @Test func cppoIsToldOCamlsVersionWhereASourceAsks() throws {
        let answer = try convert(
            [
                ("_tags", "<lib/*.ml>: camlp4o\n"),
                ("lib/dune", "(library (preprocess (action (run camlp4o %{input-file}))))"),
            ],
            [Self.macros("lib/a.ml", withVersion: true)])
        #expect(answer.files["_tags"] == "<lib/*.ml>: pp(cppo -V OCAML:`ocamlc -version`)\n")
        #expect(answer.files["lib/dune"]?.contains("(run cppo -V OCAML:%{ocaml_version} %{input-file})") == true)
    }

    @Test func whereNoLineCanRunCppoTheTextIsGiven() throws {
        let oasis = "Library a\n  Path: lib\n  BuildDepends: camlp4.macro\n"
        let tags = "# OASIS_START\n<lib/*.ml{,i,y}>: package(camlp4.macro)\n# OASIS_STOP\n"
        let answer = try convert([("_oasis", oasis), ("_tags", tags)], [Self.macros("lib/a.ml")])
        #expect(
            answer.leftovers == [
                "_tags:1:0: camlp4/metadata: lib/a.ml: the source has lines for cppo by now, which nothing here runs on it: write `<lib/a.ml>: pp(cppo)` into _tags (outside of OASIS's part)"
            ])
        // Values are written in another way there, and nobody but the project knows what a variable holds.
        for command in ["camlp4o pa_macro.cmo -DX=1", "camlp4o pa_macro.cmo $(DEFINES)"] {
            let made = try convert([("Makefile", "F = -pp \"\(command)\"\n\tocamlc\n")], [Self.macros("a.ml")])
            #expect(made.leftovers.contains { $0.contains("give the compiler -pp cppo") }, "\(command)")
        }
    }

    @Test func everyCommandOfAMakefileGetsItsRewriter() throws {
        let before =
            "a.cmo:\n\tocamlfind ocamlc -package lwt,lwt.syntax -syntax camlp4o -c lib/a.ml\n"
            + "a.cmx:\n\tocamlfind ocamlopt -package lwt,lwt.syntax -syntax camlp4o -c lib/a.ml\n"
        #expect(
            try convert("Makefile", before)
                == "a.cmo:\n\tocamlfind ocamlc -package lwt,lwt_ppx -c lib/a.ml\n"
                + "a.cmx:\n\tocamlfind ocamlopt -package lwt,lwt_ppx -c lib/a.ml\n")
    }

    @Test func whereNothingTakesPackagesTheCallGoesAndTheRewriterIsTold() throws {
        let text =
            "CAMLP4 := camlp4o\nF = -pp \"$(CAMLP4) pa_lwt.cmo\"\nG := -syntax camlp4o\nPP = camlp4o pa_lwt.cmo\n"
        let answer = try convert([("Makefile", text)], [Self.lwt])
        #expect(answer.files["Makefile"] == "CAMLP4 :=\nF =\nG :=\nPP =\n")
        #expect(
            answer.leftovers.contains(
                "Makefile:4:5: camlp4/preprocessor: preprocesses with camlp4o: give the compiler -package lwt_ppx (with ocamlfind) instead"
            ), "\(answer.leftovers)")
    }

    @Test func aVariableStaysWhileALineUsesIt() throws {
        let text = "CAMLP4 := camlp4o\n\t$(CAMLP4) -printer o a.ml\nX = $(shell $(CAMLP4) lwt.syntax)\n"
        let answer = try convert([("Makefile", text)], [Self.lwt])
        #expect(answer.files["Makefile"] == text, "\(answer.leftovers)")
    }

    @Test func optionsForCamlp4GoWithIt() throws {
        #expect(try convert("Makefile", "F = -ppopt pa_x.cmo -ppopt -debug -syntax camlp4o -g\n") == "F = -g\n")
        // What was defined for camlp4 cppo has to be told in its own way.
        let answer = try convert(
            [("Makefile", "F = -ppopt -DX -syntax camlp4o\n\tocamlfind ocamlc $(F)\n")], [Self.macros("a.ml")])
        #expect(answer.files["Makefile"]?.hasPrefix("F = -ppopt -DX -pp cppo\n") == true)
        #expect(answer.leftovers.count == 1)
        #expect(answer.leftovers.first?.hasSuffix("cppo takes it as -D NAME in its own command") == true)
    }

    /// What stays beside what goes is not taken along, in whatever order they stand.
    @Test(arguments: [
        ("F = -syntax camlp4o -pp cppo\n", "F = -pp cppo\n"),
        ("F = -ppopt -x -pp ./pp.sh -g\n", "F = -pp ./pp.sh -g\n"),
        ("F = a -syntax camlp4o -syntax $(S) -package\n", "F = a -syntax $(S) -package\n"),
        ("F = -g -pp \"cppo -D X\" -package lwt.syntax\n", "F = -g -pp \"cppo -D X\"\n"),
    ]) func whatStaysBesideIt(before: String, after: String) throws {
        let plain = [Self.source("lib/a.ml", [])]
        #expect(try convert("Makefile", before, plain) == after)
        #expect(try convert("Makefile", after, plain) == after)
    }

    @Test func aDefinitionStaysWhileItIsToBeWrittenForCppo() throws {
        let text = "F = -ppopt -DX -pp cppo\n"
        #expect(try convert("Makefile", text, [Self.source("lib/a.ml", [])]) == text)
    }

    @Test func commandsInsideOfWordsAreShown() throws {
        for text in ["S := $(shell ocamlfind query lwt.syntax)\n", "S=`ocamlfind query lwt.syntax`\n"] {
            let answer = try convert([("Makefile", text)], [Self.lwt])
            #expect(answer.files["Makefile"] == text)
            #expect(answer.leftovers.first?.hasSuffix("write lwt_ppx instead") == true, "\(answer.leftovers)")
        }
    }

    private static let page = source("src/page.eliom", ["eliom", "js_of_ocaml", "lwt"])

    @Test func eliomsCompilersAreGivenTheirPpx() throws {
        let rules = """
            include Makefile.options
            ELIOMC := eliomc
            ELIOMDEP := eliomdep
            JS = js_of_eliom -g
            %.cmo: %.eliom
            \t$(ELIOMC) -c $(INC) $<
            deps:
            \t$(ELIOMDEP) -server $(INC) $< > $@
            \t${ELIOMDEP} $(1) -sort $<
            \teliomopt -c x.eliom

            """
        let options = "SERVER_PACKAGES := calendar\nCLIENT_PACKAGES :=\nX = 1\n"
        let answer = try convert([("Makefile", rules), ("Makefile.options", options)], [Self.page])
        #expect(
            answer.files["Makefile"] == """
                include Makefile.options
                ELIOMC := eliomc -ppx
                ELIOMDEP := eliomdep
                JS = js_of_eliom -ppx -g
                %.cmo: %.eliom
                \t$(ELIOMC) -c $(INC) $<
                deps:
                \t$(ELIOMDEP) -server -ppx $(INC) $< > $@
                \t${ELIOMDEP} $(1) -ppx -sort $<
                \teliomopt -ppx -c x.eliom

                """)
        #expect(
            answer.files["Makefile.options"]
                == "SERVER_PACKAGES := calendar js_of_ocaml-ppx lwt_ppx\nCLIENT_PACKAGES := js_of_ocaml-ppx lwt_ppx\nX = 1\n"
        )
        #expect(answer.leftovers == [])
    }

    @Test func packagesWithCommasBetweenThemStayAListOfThese() throws {
        let text = "SERVER_PACKAGES := a,b\na:\n\teliomc -c a.eliom\n"
        #expect(
            try convert("Makefile", text, [Self.page])
                == "SERVER_PACKAGES := a,b,js_of_ocaml-ppx,lwt_ppx\na:\n\teliomc -ppx -c a.eliom\n")
    }

    @Test func syntaxPackagesInVariablesOfAnyName() throws {
        #expect(
            try convert(
                "Makefile", "S := lwt.syntax.log tyxml.syntax \\\n  js_of_ocaml.syntax\nX := a.syntax.d/b\n", [])
                == "S :=\nX := a.syntax.d/b\n")
    }

    /// Of lines that backslashes join none is left with its backslash alone.
    @Test(arguments: [
        ("T = unix \\\n  lwt.syntax \\\n  -syntax camlp4o\n", "T = unix\n"),
        ("U = lwt.syntax \\\n  unix\n", "U = unix\n"),
        ("V = a \\\n\tlwt.syntax \\\n\tb\nW = 1\n", "V = a \\\n\tb\nW = 1\n"),
    ]) func joinedLinesAreOneList(before: String, after: String) throws {
        #expect(try convert("Makefile", before, [Self.source("lib/a.ml", [])]) == after)
    }

    @Test(arguments: [
        ("  ByteOpt: -syntax camlp4o -g -pp camlp4o\n", "  ByteOpt: -g\n"),
        ("  NativeOpt: -package lwt.syntax -syntax camlp4o\n", "  NativeOpt: -package lwt_ppx\n"),
        ("  XMETARequires: lwt, lwt.syntax\n", "  XMETARequires: lwt\n"),
        ("  XMETARequires: lwt.syntax\n", ""),
        ("  BuildTools: ocamlbuild, camlp4o\n", "  BuildTools: ocamlbuild\n"),
    ]) func fieldsOfOasis(before: String, after: String) throws {
        let head = "Library a\n  Path: lib\n"
        // What another part of the package needs is no matter here.
        let other = CheckoutSource(path: "pa/b.ml", uses: [], converted: [], leftovers: [], namesCamlp4: true)
        #expect(try convert("_oasis", head + before, [Self.lwt, other]) == head + after)
    }

    @Test func eliomsPackagesAreNamedWhereNoVariableHoldsThem() throws {
        let rules = "a:\n\teliomc -c a.eliom\n"
        let answer = try convert([("Makefile", rules)], [Self.page])
        #expect(answer.files["Makefile"] == "a:\n\teliomc -ppx -c a.eliom\n")
        #expect(answer.leftovers.first?.contains("-package js_of_ocaml-ppx -package lwt_ppx") == true)
    }

    @Test func eliomsCompilersStayWhileASourceNeedsCamlp4() throws {
        let rules = "a:\n\teliomc -c a.eliom\n"
        let page = Self.source("src/page.eliom", ["eliom"], left: "eliom/section")
        let answer = try convert([("Makefile", rules)], [page])
        #expect(answer.files["Makefile"] == rules)
        #expect(
            answer.leftovers == ["Makefile:2:1: eliom/preprocessor: src/page.eliom:7 still needs it (eliom/section)"])
        // A line that has -ppx speaks for the variable in it.
        for told in ["C = eliomc -ppx\n", "C := eliomc\na:\n\t$(C) -ppx -c a.eliom\n"] {
            #expect(try convert([("Makefile", told)], [page]).leftovers == [])
        }
    }

    /// What is broken is shown with what to write, and not edited; what is whole beside it is.
    @Test(arguments: [
        ("_oasis", "Library a\n  Path: lib\n  BuildDepends: lwt.syntax (>= 2.4\n", "lwt/package"),
        ("_tags", "<lib/*.ml>: package(lwt.syntax), syntax(camlp4o\n", "lwt/package"),
        ("_tags", "<lib/*.ml: package(lwt.syntax)\n", "camlp4/metadata"),
        ("META", "requires = \"lwt.syntax\npackage \"x\" (\n", "lwt/package"),
        ("META", "package \"x\" (\nrequires = \"lwt.syntax\"\n", "lwt/package"),
        ("lib/dune", "(library (preprocess (action (run camlp4o pa_lwt.cmo %{input-file})))\n", "camlp4/preprocessor"),
        ("opam", "opam-version: \"1.2\"\ndepends: [ \"camlp4\"\n", "camlp4/metadata"),
        ("dune-project", "(lang dune 2.9)\n(package (name a) (depends camlp4)\n", "camlp4/dependency"),
    ]) func whatIsBrokenIsLeftAndTold(path: String, text: String, rule: String) throws {
        let answer = try convert([(path, text)], [Self.lwt])
        #expect(answer.files[path] == text)
        #expect(answer.leftovers.contains { $0.contains(": \(rule): this cannot be read (") }, "\(answer.leftovers)")
        if path == "opam" { #expect(answer.leftovers.contains { $0.hasSuffix(": depend on lwt_ppx (from 1.0.0)") }) }
    }

    @Test func brokenLinesDoNotHoldOthers() throws {
        #expect(
            try convert("_tags", "<lib/*.ml: package(lwt.syntax)\n<lib/*.ml>: package(lwt.syntax)\n")
                == "<lib/*.ml: package(lwt.syntax)\n<lib/*.ml>: package(lwt_ppx)\n")
    }

    @Test func tabsPartWhatBlanksPart() throws {
        #expect(
            try convert("_oasis", "Library\ta\n\tPath:\tlib\n\tBuildDepends:\tlwt,\n\t\tlwt.syntax\n")
                == "Library\ta\n\tPath:\tlib\n\tBuildDepends:\tlwt,\n\t\tlwt_ppx\n")
    }

    @Test func whatIsAddedEndsItsLinesAsTheFileDoes() throws {
        #expect(
            try convert("opam", "opam-version: \"1.2\"\r\ndepends: [\r\n  \"camlp4\"\r\n]\r\n")
                == "opam-version: \"1.2\"\r\ndepends: [\r\n  \"lwt_ppx\" {>= \"1.0.0\"}\r\n]\r\navailable: [ocaml-version >= \"4.02.0\"]\r\n"
        )
    }

    @Test(arguments: [
        (
            ".travis.yml", "install:\n  - opam install camlp4\n  - opam install camlp4 lwt\n",
            "install:\n  - opam install lwt\n"
        ),
        (".travis.yml", "env:\n  - DEPOPTS=\"camlp4 lwt\"\n", "env:\n  - DEPOPTS=\"lwt\"\n"),
        (".travis.yml", "install:\n  - opam pin add -y camlp4 4.02+1\n", "install:\n"),
        (
            "Dockerfile", "RUN apt-get install -y m4 camlp4 && opam install camlp4 lwt\n",
            "RUN apt-get install -y m4 && opam install lwt\n"
        ),
        ("opam", "build: [make \"--%{camlp4:enable}%-camlp4\" \"all\"]\n", "build: [make \"all\"]\n"),
    ]) func whatInstallsCamlp4InstallsTheRest(path: String, before: String, after: String) throws {
        #expect(try convert(path, before, [Self.source("lib/a.ml", [])]) == after)
    }

    /// Where nothing else would be installed, or what goes is part of something larger, a person decides.
    @Test(arguments: [
        ("Dockerfile", "RUN opam install -y camlp4\n"),
        ("Dockerfile", "RUN [\"opam\", \"install\", \"camlp4\", \"lwt\"]\n"),
        (".travis-ci.sh", "opam pin add camlp4 4.02+1\n"),
        (".travis.yml", "install: if a; then opam install camlp4; fi\n"),
        ("opam", "build: [ [make \"syntax\"] {camlp4:installed} ]\n"),
        ("opam", "depends: [ \"ocaml\" (\"camlp4\" | \"lwt\") ]\n"), ("opam", "depends: [ (\"lwt\" & \"camlp4\") ]\n"),
    ]) func whatWouldBreakIsLeftAndTold(path: String, text: String) throws {
        let answer = try convert([(path, text)], [Self.source("lib/a.ml", [])])
        #expect(answer.files[path] == text)
        #expect(answer.leftovers.contains { $0.contains("take it out") }, "\(answer.leftovers)")
    }

    @Test func oddBytesStayAsTheyAre() throws {
        let before = Array(
            "# d\u{E9}j\u{E0}\r\n<lib/*.ml>: package(lwt.syntax), camlp4o\r\n".unicodeScalars.map { UInt8($0.value) })
        let scanner = MetadataScanner(Catalogue.index)
        let file = try #require(BuildFormat.of(path: "_tags")).read(before, path: "_tags")
        let build = CheckoutBuild(file: file, bytes: before, result: scanner.scan(file, before))
        let migration = MetadataMigration([build], sources: [Self.lwt], Catalogue.index, aim: Aim())
        let outcome = try #require(migration.outcome(of: "_tags"))
        let after = MetadataRewriter(Catalogue.index).rewrite(build, outcome).after
        let expected = "# d\u{E9}j\u{E0}\r\n<lib/*.ml>: package(lwt_ppx)\r\n".unicodeScalars.map { UInt8($0.value) }
        #expect(after == expected)
    }
}

extension String {
    /// Without the line end at its end.
    fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
