import BuildFiles
import Testing
import Text

/// The words of every mention, and what they were taken for.
private func mentions(_ name: String, _ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    let format = try #require(BuildFormat.of(path: name))
    return format.read(bytes, path: name).mentions.map { mention in
        let shown =
            switch mention.subject {
            case .findlib(let package): "findlib \(package)"
            case .opam(let package): "opam \(package)"
            case .syntax(let name): "syntax \(name)"
            case .preprocessor(let words): "pp \(words.joined(separator: " "))"
            case .archive(let archive): "archive \(archive)"
            }
        return "\(shown) | \(bytes.text(mention.range))" + (mention.component.map { " | \($0)" } ?? "")
    }
}

private func read(_ name: String, _ text: String) throws -> BuildFile {
    try #require(BuildFormat.of(path: name)).read(Array(text.utf8), path: name)
}

@Suite struct FormatTests {
    @Test(arguments: [
        ("_tags", "ocamlbuild-tags"), ("_oasis", "oasis"), ("META", "meta"), ("META.in", "meta"), ("opam", "opam"),
        ("lwt.opam", "opam"), ("dune", "dune"), ("jbuild", "dune"), ("Makefile", "makefile"),
        ("OMakefile", "omakefile"),
        ("OMakeroot", "omakefile"), ("build.mk", "makefile"), ("dune-project", "dune-project"),
        ("setup.ml", "setup-ml"), ("myocamlbuild.ml", "myocamlbuild"), ("pkg/pkg.ml", "topkg"), ("x.ocp", "ocp-build"),
        ("configure.ac", "configure"), (".ocamlinit", "ocamlinit"), (".travis.yml", "ci"), ("Dockerfile", "ci"),
        ("x.obuild", "obuild"),
        (".github/workflows/main.yml", "ci"),
    ]) func takes(name: String, format: String) {
        #expect(BuildFormat.of(path: name)?.name == format)
    }

    @Test func leavesOthers() {
        for name in ["a.ml", "README", "tags", "META_x", "build.ml", "a.yml"] {
            #expect(BuildFormat.of(path: name) == nil)
        }
    }
}

@Suite struct TagsTests {
    @Test func everyWayToSayIt() throws {
        let text = """
            # <a.ml>: syntax(camlp4o)
            <lib/*.ml>: package(lwt.syntax), syntax(camlp4o), \\
              pkg_sexplib.syntax, -syntax(camlp4r), annot   # not package(x.syntax)
            true: use_camlp4_full, package(unix, cstruct.syntax)
            "x.ml" or (<y*> and not <yz*>): pp(camlp4o -I . pa_x.cmo), syntax_camlp4o, camlp4of
            """
        #expect(
            try mentions("_tags", text) == [
                "findlib lwt.syntax | package(lwt.syntax)", "syntax camlp4o | syntax(camlp4o)",
                "findlib sexplib.syntax | pkg_sexplib.syntax", "syntax camlp4 | use_camlp4_full", "findlib unix | unix",
                "findlib cstruct.syntax | cstruct.syntax", "pp camlp4o -I . pa_x.cmo | pp(camlp4o -I . pa_x.cmo)",
                "syntax camlp4o | syntax_camlp4o", "syntax camlp4of | camlp4of",
            ])
    }

    @Test(arguments: [
        ("<*.ml>", "a.ml", true), ("<*.ml>", "lib/a.ml", false), ("<lib/*.ml{,i}>", "lib/a.mli", true),
        ("<lib/*.ml{,i}>", "lib/a.mly", false), ("<**/*.ml>", "a.ml", true), ("<**/*.ml>", "x/y/a.ml", true),
        ("<lib/**>", "lib/x/y.ml", true), ("<lib/**/a.ml>", "lib/a.ml", true), ("<lib/**/a.ml>", "libra/a.ml", false),
        ("<{a,b{c,d}}.ml>", "bd.ml", true), ("<{a,b{c,d}}.ml>", "b.ml", false), ("<[a-c]?.ml>", "bx.ml", true),
        ("<[^a-c]?.ml>", "bx.ml", false), ("\"a.ml\"", "a.ml", true), ("\"*.ml\"", "a.ml", false), ("true", "q", true),
        ("not <a*>", "a.ml", false), ("not <a*>", "b.ml", true), ("<a*> and <*b>", "axb", true),
        ("<a*> and <*b> or \"z\"", "z", true), ("<a*> and (<*b> or \"z\")", "z", false), ("~ <a*> | <ab>", "ab", true),
        ("<*.ml> & ~ <a*>", "ab.ml", false),
    ]) func patterns(pattern: String, path: String, expected: Bool) throws {
        let file = try read("_tags", "\(pattern): syntax(camlp4o)\n")
        let scope = try #require(file.mentions.first?.scope)
        #expect(file.problems.isEmpty)
        #expect(scope.contains(path) == expected)
    }

    @Test func patternsCountFromTheFilesDirectory() throws {
        let file = try read("sub/_tags", "<*.ml>: camlp4o")
        let scope = try #require(file.mentions.first?.scope)
        #expect(scope.contains("sub/a.ml"))
        #expect(!scope.contains("a.ml"))
    }

    @Test func badLinesAreTold() throws {
        let file = try read("_tags", "lib: camlp4o\n<x: camlp4o\n<a.ml> camlp4o\n<b.ml>: camlp4o\n")
        #expect(file.problems.count == 3)
        #expect(file.mentions.count == 1)
        let deep = String(repeating: "(", count: 50_000)
        #expect(try read("_tags", deep + ": camlp4o").problems.count == 1)
    }

    /// `a**a**a…` against a long path is no search through all ways.
    @Test func globsDoNotExplode() throws {
        let file = try read("_tags", "<" + String(repeating: "*a", count: 60) + "b>: camlp4o")
        let scope = try #require(file.mentions.first?.scope)
        #expect(!scope.contains(String(repeating: "a", count: 2000)))
    }
}

@Suite struct OasisTests {
    let text = """
        OASISFormat: 0.3
        Name:        tls
        BuildTools:  ocamlbuild, camlp4o
        Description: A library
          Library in a continuation: sexplib.syntax

        Library tls
          Path: lib
          Modules: Tls, Sub/Deep
          BuildDepends: cstruct (>= 1.2.0), cstruct.syntax,
                        # nocrypto.syntax
                        sexplib.syntax (>= 109.53.00)
          if flag(lwt)
            BuildDepends+: lwt.syntax

        Executable "my tool"
        \tMainIs: bin/main.ml
        \tBuildDepends: tls
        \tNativeOpt: -pp camlp4o

        Library pa_x
          Path: syntax
          XMETAType: syntax
          XMETARequires: camlp4 type_conv
        """

    @Test func mentionsWithTheirComponents() throws {
        #expect(
            try mentions("_oasis", text) == [
                "syntax camlp4o | camlp4o", "findlib cstruct | cstruct | library tls",
                "findlib cstruct.syntax | cstruct.syntax | library tls",
                "findlib sexplib.syntax | sexplib.syntax | library tls",
                "findlib lwt.syntax | lwt.syntax | library tls",
                "findlib tls | tls | executable my tool", "syntax camlp4o | -pp camlp4o | executable my tool",
                "findlib camlp4 | camlp4 | library pa_x", "findlib type_conv | type_conv | library pa_x",
                "archive pa_x | syntax | library pa_x",
            ])
    }

    @Test func scopesAreTheDirectoriesOfTheModules() throws {
        let file = try read("_oasis", text)
        #expect(file.problems.isEmpty)
        #expect(file.components.map(\.name) == ["library tls", "executable my tool", "library pa_x"])
        let library = try #require(file.components.first?.scope)
        #expect(library.contains("lib/tls.ml"))
        #expect(library.contains("lib/Sub/deep.ml"))
        #expect(!library.contains("lib/other/x.ml"))
        #expect(!library.contains("bin/main.ml"))
        #expect(file.components[1].scope.contains("bin/main.ml"))
    }

    @Test func crlfAndGarbage() throws {
        let file = try read("_oasis", "Name: x\r\nLibrary a\r\n  BuildDepends: lwt.syntax\r\nwhat is this\r\n")
        #expect(file.mentions.map(\.subject) == [.findlib("lwt.syntax")])
        #expect(file.problems.count == 1)
    }
}

@Suite struct MetaTests {
    @Test func packagesAndArchives() throws {
        let text = """
            version = "1" # requires = "no"
            requires = "lwt
              unix"
            package "syntax" (
              requires(syntax) += "camlp4 lwt.syntax.options"
              archive(syntax, preprocessor) = "pa_lwt.cma"
              archive(byte) = "a.cma"
              package "log" ( preprocessor = "camlp4o -x" )
            )
            requires(byte) = "threads"
            """
        #expect(
            try mentions("META", text) == [
                "findlib lwt | lwt", "findlib unix | unix", "findlib camlp4 | camlp4 | package syntax",
                "findlib lwt.syntax.options | lwt.syntax.options | package syntax",
                "archive pa_lwt.cma | archive(syntax, preprocessor) = \"pa_lwt.cma\" | package syntax",
                "pp camlp4o -x | camlp4o -x | package syntax.log", "findlib threads | threads",
            ])
    }

    @Test(arguments: ["requires = \"lwt", "package \"x\" (", "requires(", ")", "= \"x\"", "requires = lwt"])
    func cutFilesEnd(text: String) throws {
        _ = try mentions("META", text)
    }
}

@Suite struct OpamTests {
    @Test func dependenciesOfEveryShape() throws {
        let text = """
            opam-version: "1.2"
            build: ["./configure" "camlp4"]
            depends: [ "camlp4" {build & >= "4.02"} ("type_conv" | "lwt" {< "2"}) ]
            depopts: "sexplib"
            conflicts: ["pa_ounit"]
            """
        #expect(
            try mentions("opam", text) == [
                "opam camlp4 | \"camlp4\"", "opam type_conv | \"type_conv\"", "opam lwt | \"lwt\"",
                "opam sexplib | \"sexplib\"",
            ])
    }
}

@Suite struct DuneTests {
    @Test func librariesAndPreprocessors() throws {
        let text = """
            (jbuild_version 1) ; (library camlp4o)
            (library
             ((name core)
              (libraries (lwt lwt.syntax))
              (preprocess (action (run camlp4o pa_lwt.cmo ${<})))))
            (executable (name main) (modules main other) (libraries unix)
             (flags (:standard -pp "camlp4o -I x")))
            """
        #expect(
            try mentions("lib/jbuild", text) == [
                "findlib lwt | lwt | library core", "findlib lwt.syntax | lwt.syntax | library core",
                "pp camlp4o pa_lwt.cmo ${<} | camlp4o pa_lwt.cmo ${<} | library core",
                "findlib unix | unix | executable main", "pp camlp4o -I x | \"camlp4o -I x\" | executable main",
            ])
        let file = try read("lib/jbuild", text)
        #expect(file.components.map { $0.scope.contains("lib/main.ml") } == [true, true])
        #expect(file.components.map { $0.scope.contains("lib/core.ml") } == [true, false])
        #expect(file.components.allSatisfy { !$0.scope.contains("lib/sub/main.ml") })
    }

    @Test(arguments: [
        "(library (name l) (preprocess (per_module ((action (run camlp4o %{input-file})) old older) ((pps p) new))))",
        "(library ((name l) (preprocess (per_module (((action (run camlp4o ${<})) (old older)) ((pps (p)) (new)))))))",
    ]) func perModule(text: String) throws {
        let file = try read("lib/dune", text)
        // The preprocessor, and the ppx that is there already.
        #expect(file.mentions.count == 2)
        let camlp4 = file.mentions.filter { if case .preprocessor = $0.subject { true } else { false } }
        let scope = try #require(camlp4.first?.scope)
        #expect(camlp4.count == 1)
        #expect(["old", "older", "new"].map { scope.contains("lib/\($0).ml") } == [true, true, false])
    }

    @Test func unbalanced() throws {
        #expect(try read("dune", ")(library (name x)").problems.count == 2)
        #expect(try read("dune", String(repeating: "(", count: 100_000)).problems.count > 0)
    }
}

@Suite struct MerlinTests {
    @Test func packagesAndFlags() throws {
        #expect(
            try mentions(".merlin", "S src\nPKG lwt lwt.syntax # PKG x\nFLG -syntax camlp4o -w -3\r\nB PKG\n") == [
                "findlib lwt | lwt", "findlib lwt.syntax | lwt.syntax", "syntax camlp4o | -syntax camlp4o",
            ])
    }
}

@Suite struct MakefileTests {
    @Test func governsItsDirectoryWhereItCompiles() throws {
        let compiling = try read("lib/Makefile", "a.cmo: a.ml\n\t$(OCAMLC) -c a.ml\n")
        #expect(compiling.governs.contains { $0.contains("lib/a.ml") })
        #expect(!compiling.governs.contains { $0.contains("lib/sub/a.ml") })
        #expect(try read("Makefile", "include x.mk\n\tocamlc\n").governs.isEmpty)
        #expect(try read("Makefile", "all:\n\tocaml setup.ml # ocamlc\n").governs.isEmpty)
    }

    @Test func wordsThatBringCamlp4() throws {
        let text = """
            # -syntax camlp4o
            OCAMLFIND = ocamlfind ocamlc -package lwt,lwt.syntax -syntax camlp4o -c
            PP = camlp4o -I +x pa_x.cmo
            all:
            \tocamlc -pp "camlp4of x" -c a.ml
            REQUIRES = unix \\
              cstruct.syntax
            other = sexplib.syntax
            """
        #expect(
            try mentions("Makefile", text) == [
                "findlib lwt | lwt", "findlib lwt.syntax | lwt.syntax", "syntax camlp4o | -syntax camlp4o",
                "pp camlp4o -I +x pa_x.cmo | camlp4o -I +x pa_x.cmo",
                "pp camlp4of x | -pp \"camlp4of x\"", "findlib unix | unix",
                "findlib cstruct.syntax | cstruct.syntax", "findlib sexplib.syntax | sexplib.syntax",
            ])
    }

    @Test func functionsOfAnOMakefileAreNoPrograms() throws {
        let text = "Camlp4o(m) =\n    OCAMLFINDFLAGS += -syntax camlp4o\n\nCamlp4o(a b)\n"
        #expect(try mentions("OMakefile", text) == ["syntax camlp4o | -syntax camlp4o"])
        #expect(try mentions("OMakefile", "Camlp4o(a)\n") == ["syntax camlp4o | Camlp4o(a)"])
    }

    @Test func omakeLists() throws {
        let text = """
            OCAMLPACKS[] =
              unix
              lwt.syntax
            USE_OCAMLFIND = true
            OCAMLFINDFLAGS += -syntax camlp4o
            """
        #expect(
            try mentions("OMakefile", text) == [
                "findlib unix | unix", "findlib lwt.syntax | lwt.syntax", "syntax camlp4o | -syntax camlp4o",
            ])
    }
}

@Suite struct SourceLinksTests {
    @Test func pathsOfFilesBehindLinks() {
        let links = SourceLinks([
            .init(path: "a/x.ml", target: "lib/x.ml"), .init(path: "b", target: "lib"), .init(path: "c", target: "a"),
            .init(path: "lib/loop", target: "lib"),
        ])
        #expect(
            links.paths(of: "lib/x.ml").prefix(4) == ["lib/x.ml", "a/x.ml", "b/x.ml", "lib/loop/x.ml"])
        #expect(links.paths(of: "lib/x.ml").contains("c/x.ml"))
        #expect(links.paths(of: "libx/x.ml") == ["libx/x.ml"])
        #expect(links.isInside("lib/sub/y.ml", .directories(["b/sub"])))
        #expect(!SourceLinks().isInside("lib/sub/y.ml", .directories(["b/sub"])))
    }

    @Test func pathsOfWhatEliomCopies() {
        #expect(buildPaths(of: "l/x.eliom") == ["l/x.eliom", "l/client/x.ml", "l/server/x.ml"])
        #expect(buildPaths(of: "x.shared.mli") == ["x.shared.mli", "client/x.mli", "server/x.mli"])
        #expect(buildPaths(of: "x.client.ml") == ["x.client.ml", "client/x.ml"])
        #expect(buildPaths(of: "x.ml") == ["x.ml"])
    }
}

@Suite struct FreeTextTests {
    @Test func configureNamesWhatItChecks() throws {
        let text = "# camlp4o here\nAC_CHECK_OCAML_PKG([lwt.syntax])\nAC_PROG_CAMLP4\nif ocamlfind query camlp4; then\n"
        #expect(
            try mentions("configure.ac", text) == [
                "findlib lwt.syntax | lwt.syntax", "findlib camlp4 | camlp4", "syntax camlp4 | AC_PROG_CAMLP4",
            ])
    }

    @Test func whatAutoconfMadeIsItsSourcesToTell() throws {
        #expect(try mentions("configure", "#! /bin/sh\n# Generated by GNU Autoconf 2.69\nwhich camlp4o\n") == [])
    }

    @Test func programsOfBuilds() throws {
        let text = """
            (* A"camlp4o" *)
            let f = S [A"-package"; A"unix,lwt.syntax"; A"-pp"; A "camlp4of -I x"]
            (* OASIS_START *)
            let g = A"camlp4o"
            (* OASIS_STOP *)
            """
        #expect(
            try mentions("myocamlbuild.ml", text) == [
                "pp camlp4of -I x | camlp4of -I x", "findlib unix | unix", "findlib lwt.syntax | lwt.syntax",
            ])
        #expect(try mentions("pkg/pkg.ml", "let x = \"lwt.syntax\"") == ["findlib lwt.syntax | lwt.syntax"])
        #expect(try mentions("a.ocp", "requires = [ \"camlp4o\" ]") == ["syntax camlp4o | camlp4o"])
    }

    @Test func installations() throws {
        let text = "RUN apt-get install -y camlp4-extra \\\n  m4 && opam depext\n# opam install camlp4\n"
        let found = try mentions("Dockerfile", text)
        #expect(found.contains("opam camlp4 | camlp4-extra"))
        #expect(found.contains("opam m4 | m4"))
        #expect(found.count == 3)
    }

    @Test(arguments: [
        ("RUN apt-get install a && opam install -y camlp4\n", ["opam a | a", "opam -y | -y", "opam camlp4 | camlp4"]),
        ("RUN [\"opam\", \"install\", \"camlp4\"]\n", ["opam , | ,", "opam camlp4 | camlp4", "opam ] | ]"]),
        ("- opam pin add camlp4 4.02+1\n", ["opam camlp4 | camlp4"]),
        ("- A=1 DEPOPTS=\"lwt camlp4.4.02\"\n", ["opam lwt | lwt", "opam camlp4 | camlp4.4.02"]),
        ("  EXTRA_DEPS: camlp4\n", ["opam camlp4 | camlp4"]),
        ("X=$DEPENDS opam list camlp4\n", []),
        ("- ocamlfind ocamlc -package lwt.syntax a.ml\n", ["findlib lwt.syntax | lwt.syntax"]),
        ("# DEPS=camlp4, or -package lwt.syntax\n", []),
    ]) func whatCISettingsName(text: String, found: [String]) throws {
        #expect(try mentions(".travis.yml", text) == found)
    }

    @Test func obuild() throws {
        let text = """
            name: x
            # pp: camlp4o
            library a
              src-dir: lib
              build-deps: unix,
                lwt.syntax
              pp: camlp4o
            executable b
              main-is: b.ml
              build-deps: a
            """
        #expect(
            try mentions("x.obuild", text) == [
                "findlib unix | unix | library a", "findlib lwt.syntax | lwt.syntax | library a",
                "pp camlp4o | camlp4o | library a", "findlib a | a | executable b",
            ])
        let file = try read("x.obuild", text)
        #expect(file.mentions[1].scope?.contains("lib/a.ml") == true)
        #expect(file.mentions[1].scope?.contains("b.ml") == false)
        #expect(file.components.map(\.name) == ["library a", "executable b"])
    }

    @Test func conditionsOfOpamCommands() throws {
        let text = "build: [ [make \"s\"] {camlp4:installed & os = \"linux\"} [make \"--%{camlp4:enable}%-c\"] ]\n"
        #expect(
            try mentions("opam", text) == [
                "opam camlp4 | camlp4:installed & os = \"linux\"", "opam camlp4 | \"--%{camlp4:enable}%-c\"",
            ])
    }

    @Test func duneProjects() throws {
        let text = "(lang dune 2.0)\n(package (name a) (depends lwt (camlp4 :build)))\n(package"
        let file = try read("dune-project", text)
        #expect(file.problems.count == 1)
        #expect(
            try mentions("dune-project", text) == ["opam lwt | lwt | package a", "opam camlp4 | camlp4 | package a"])
    }

    @Test func aPatternThatDoesNotCompileMatchesNothing() {
        #expect(!Pattern("(").isValid)
        #expect(Pattern("(").matches(in: [0x28]).isEmpty)
        #expect(Pattern("a | (b)").matches(in: Array("xab".utf8)).map { $0[0] } == [ByteRange(1, 2), ByteRange(2, 3)])
    }
}
