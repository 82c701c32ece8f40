import BuildFiles
import Catalogue
import Findings
import Testing
import Text

@Suite struct DialectTests {
    @Test func wordsAreNamesWhereTheirExtensionIsOff() {
        let text = """
            let lwt = 1 let raise_lwt e = e let parser x = x let cstruct = 2 let finally = 3
            type t = TEST | BENCH
            let f _here_ = lwt + cstruct + finally + parser (raise_lwt _here_)
            let g a b = a >> b
            let h = protect ~finally:(fun () -> ()) ~f:(fun lwt -> lwt)
            """
        for on in [nil, [], ["camlp4", "sexplib", "type_conv"]] as [[String]?] {
            #expect(scan(Array(text.utf8), turnedOn: on).findings.map(\.rule) == [])
        }
    }

    @Test func whatStockRejectsIsReportedEvenWhereBuildFilesAreSilent() {
        let file = scan(Array("type t = int with sexp\nTEST \"a\" = true\n".utf8), turnedOn: [])
        #expect(file.findings.map(\.rule) == ["type_conv/with", "pa_ounit/test"])
        #expect(file.extensions == ["pa_ounit", "sexplib", "type_conv"])
        #expect(!file.acceptedByStock)
    }

    @Test func commentsFollowTheLexerThatIsOn() {
        let text = Array("(* a << b *) type t = int with sexp (* >> *)".utf8)
        #expect(scan(text, turnedOn: nil).findings.count == 1)
        // camlp4 reads a quotation in the comment, which swallows its end.
        #expect(scan(text, turnedOn: ["camlp4"]).findings.map(\.rule) == ["camlp4-lexer/comment"])
    }

    @Test(arguments: [
        ("type t = int with sexp\nlet f x = match%lwt x with y -> y", true), ("type t = int [@@deriving sexp]", false),
        ("type t = int with sexp\ntype u = int [@@deriving sexp]", true), ("type t = int with sexp", false),
        ("type t = int with sexp\nlet f a b = a % b", false),
    ]) func mixed(text: String, expected: Bool) {
        #expect(scan(Array(text.utf8), turnedOn: nil).mixed == expected)
    }

    @Test func onlyTheOCamlOfLexersAndGrammarsCounts() {
        let lexer = Array(
            "{ type t = int with sexp }\nrule lwt = parse ['a'-'z' '\"'] { TEST } | \"with sexp\" { 1 }\n".utf8)
        #expect(scan(lexer, turnedOn: nil, path: "a.mll").findings.map(\.start.column) == [15])
        let grammar = Array(
            "%{ type t = A with sexp %}\n%token <int> B /* don't */\n%%\na: B { $1 }\n%%\ntype u = B with sexp\n".utf8)
        #expect(scan(grammar, turnedOn: nil, path: "a.mly").findings.map(\.start.line) == [1, 6])
    }
}

@Suite struct FingerprintTests {
    private func prints(_ text: String) -> [String] {
        scan(Array(text.utf8), turnedOn: nil).findings.map(\.fingerprint)
    }

    @Test func staysWhereLinesMoveAndBlanksAndCommentsChange() {
        let before = prints("type t = int with sexp\n")
        #expect(before == prints("let x = 1\n\n  type  t =\tint (* why *) with sexp\r\n"))
        #expect(before != prints("type u = int with sexp\n"))
    }

    @Test func equalsAreCounted() {
        let prints = prints("type t = int with sexp\ntype t = int with sexp\n")
        #expect(Set(prints).count == 2)
        #expect(prints.map { $0.prefix(16) }.allSatisfy { $0 == prints[0].prefix(16) })
    }
}

@Suite struct EditListTests {
    @Test func appliesSorted() throws {
        let list = try #require(
            EditList([Edit(ByteRange(4, 5), "X"), Edit(ByteRange(0, 1), ""), Edit(ByteRange(2, 2), "yy")]))
        #expect(String(decoding: list.applied(to: Array("abcdef".utf8)), as: UTF8.self) == "byycdXf")
    }

    @Test func refusesOverlaps() {
        #expect(EditList([Edit(ByteRange(0, 3), ""), Edit(ByteRange(2, 4), "")]) == nil)
        #expect(EditList([Edit(ByteRange(1, 1), "a"), Edit(ByteRange(1, 1), "b")]) == nil)
    }

    @Test func rangesBeyondTheEndAreCut() throws {
        let list = try #require(EditList([Edit(ByteRange(2, 9), "X")]))
        #expect(list.applied(to: Array("abc".utf8)) == Array("abX".utf8))
    }
}

@Suite struct MetadataTests {
    /// The rules of a build file's findings, with the lines they stand on.
    private func rules(_ name: String, _ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        let file = try #require(BuildFormat.of(path: name)).read(bytes, path: name)
        return MetadataScanner(Catalogue.index).scan(file, bytes).findings.map { "\($0.start.line) \($0.rule)" }
    }

    @Test func eachKindHasItsRule() throws {
        #expect(
            try rules(
                "_tags",
                "<a*>: package(lwt.syntax), syntax(camlp4o)\n<b>: pp(camlp4of x), pkg_new.syntax, package(unix)\n")
                == ["1 lwt/package", "1 camlp4/syntax", "2 camlp4/preprocessor", "2 camlp4/unknown-package"])
        #expect(
            try rules("opam", "depends: [\"camlp4\" \"lwt\" \"sexplib\"\n \"type_conv\" {build}]\n")
                == ["1 camlp4/dependency", "2 type_conv/dependency"])
        #expect(
            try rules("META", "requires = \"lwt.syntax\"\narchive(syntax,preprocessor) = \"pa_x.cma\"\n")
                == ["1 lwt/package", "2 camlp4/provides"])
    }

    @Test func syntaxPackagesWithoutSyntaxAreOffInMakefiles() throws {
        let sources = ["Makefile": "a:\n\tocamlfind ocamlc -package lwt.syntax a.ml\n"]
        #expect(try knowledge(sources).extensions(for: "a.ml", Catalogue.index) == [])
        let on = ["Makefile": "a:\n\tocamlfind ocamlc -package lwt.syntax -syntax camlp4o a.ml\n"]
        #expect(try knowledge(on).extensions(for: "a.ml", Catalogue.index)?.contains("lwt") == true)
        #expect(try knowledge(["META": "requires = \"lwt.syntax\"\n"]).extensions(for: "a.ml", Catalogue.index) == nil)
    }

    @Test func declaredAgainstUsed() throws {
        let oasis = """
            Library one
              Path: one
              BuildDepends: sexplib.syntax, lwt.syntax
            Library two
              Path: two
              BuildDepends: unix
            """
        let known = try knowledge(["_oasis": oasis])
        let scanner = SourceScanner(Catalogue.index, known)
        let files = ["one/a.ml", "two/b.ml"].compactMap { path -> ScannedFile? in
            guard case .scanned(let file) = scanner.scan(Array("type t = int with sexp".utf8), path: path) else {
                return nil
            }
            return file
        }
        let rows = Usage.matrix(known, files, Catalogue.index).map {
            "\($0.component) \($0.extension) \($0.status.rawValue)"
        }
        #expect(
            rows == [
                "library one lwt declared-unused", "library one sexplib used", "library two sexplib used-undeclared",
                "library two type_conv used-undeclared",
            ])
    }

    /// What the build files make of sources, as `component extension status`.
    private func verdicts(
        _ builds: [String: String], _ sources: [String: String], links: [SourceLinks.Link] = [], unread: [String] = []
    ) throws -> [String] {
        let known = try knowledge(builds, links: links)
        let scanner = SourceScanner(Catalogue.index, known)
        let files = sources.sorted { $0.key < $1.key }.compactMap { path, text -> ScannedFile? in
            guard case .scanned(let file) = scanner.scan(Array(text.utf8), path: path) else { return nil }
            return file
        }
        return Usage.matrix(known, files, Catalogue.index, unread: unread).map {
            "\($0.component) \($0.extension) \($0.status.rawValue)"
        }
    }

    @Test func whatEliomCopiesCountsWhereItIsCompiled() throws {
        let tags = "<client/*.ml>: package(lwt.syntax), syntax(camlp4o)\n"
        let plain = ["client/b.ml": "let x = 1"]
        #expect(try verdicts(["_tags": tags], plain) == ["directory client lwt declared-unused"])
        for name in ["a.shared.ml", "a.client.ml"] {
            let sources = plain.merging([name: "let f x = lwt y = x in y"]) { first, _ in first }
            #expect(try verdicts(["_tags": tags], sources) == ["directory . lwt used"])
        }
        let server = plain.merging(["a.server.ml": "let f x = lwt y = x in y"]) { first, _ in first }
        #expect(try verdicts(["_tags": tags], server).contains("directory client lwt declared-unused"))
    }

    @Test func whatLinksReachCountsWhereTheyStand() throws {
        let builds = ["a/OMakefile": "OCAMLFLAGS += -syntax camlp4o\nOCAMLPACKS[] +=\n    camlp4.macro\n"]
        let sources = ["a/b.ml": "let x = 1", "lib/c.ml": "IFDEF A THEN let x = 1 END"]
        #expect(try verdicts(builds, sources).contains("directory a camlp4-macro declared-unused"))
        for link in [("a/c.ml", "lib/c.ml"), ("a/sub", "lib")] {
            let rows = try verdicts(builds, sources, links: [.init(path: link.0, target: link.1)])
            #expect(rows == ["directory lib camlp4-macro used"])
        }
    }

    @Test func whatAnArchiveOfTheProjectStandsOnIsUsed() throws {
        let own = """
            P4 = $(shell ocamlfind query dyntype.syntax -format "-I %d %a")
            b.cmo: b.ml
            \tocamlc -pp 'camlp4o $(P4) -I ../syntax pa_cow.cma' -c b.ml
            """
        let sources = ["b.ml": "let p = <:html< <p>a</p> >>"]
        #expect(try verdicts(["Makefile": own], sources).contains("directory . dyntype used"))
        // findlib would bring it along.
        let found = "all:\n\tocamlfind ocamlc -package cow.syntax,dyntype.syntax -syntax camlp4o -c b.ml\n"
        #expect(try verdicts(["Makefile": found], sources).contains("directory . dyntype declared-unused"))
    }

    @Test func partsOfAnOasisAreOne() throws {
        let parts = [
            "oasis/core": "Library core\n  Path: core\n  BuildDepends: herelib.syntax\n",
            "oasis/arm": "Library arm\n  Path: arm\n  BuildDepends: core\n",
        ]
        let sources = ["core/a.ml": "let x = 1", "arm/b.ml": "let f () = failwith _here_"]
        #expect(try verdicts(parts, sources).contains("library core herelib used"))
    }

    @Test func librariesOfOneNameAreToldApart() throws {
        let builds = [
            "unix/_oasis": "Library os\n  Path: lib\n  BuildDepends: unix\n",
            "xen/_oasis": "Library os\n  Path: lib\n  BuildDepends: lwt.syntax\n",
        ]
        let sources = ["unix/lib/a.ml": "let x = 1", "xen/lib/a.ml": "let x = 1"]
        #expect(try verdicts(builds, sources) == ["library os lwt declared-unused"])
    }

    @Test func whatCannotBeReadMayUseIt() throws {
        let tags = "<lib/*.ml>: package(lwt.syntax), syntax(camlp4o)\n"
        let sources = ["lib/a.ml": "let x = 1"]
        #expect(try verdicts(["_tags": tags], sources, unread: ["bin/b.ml"]) == ["directory lib lwt declared-unused"])
        #expect(try verdicts(["_tags": tags], sources, unread: ["lib/b.ml"]) == ["directory lib lwt unknown"])
        let broken = sources.merging(["lib/b.ml": "let x = ( in\nlet"]) { first, _ in first }
        #expect(try verdicts(["_tags": tags], broken) == ["directory lib lwt unknown"])
    }

    private func knowledge(
        _ sources: [String: String], links: [SourceLinks.Link] = []
    ) throws -> BuildKnowledge {
        var files: [BuildFile] = []
        var declarations: [BuildKnowledge.Declaration] = []
        for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
            let bytes = Array(text.utf8)
            let file = try #require(BuildFormat.of(path: name)).read(bytes, path: name)
            files.append(file)
            declarations += MetadataScanner(Catalogue.index).scan(file, bytes).declarations
        }
        return BuildKnowledge(files, declarations: declarations, links: SourceLinks(links))
    }
}

@Suite struct HardInputTests {
    /// Four times as long must not take much more than four times as long: none of these may be quadratic or exhaust the stack.
    @Test(arguments: [
        "(", "[", "match ", "let x = ", "lwt x = ", "for_lwt ", "type t = { a : int with ", "while_lwt ", "PGSQL(",
        "o##p", "TEST = begin ", "TEST = x ", "IFDEF A THEN ", "try_lwt x with y -> ", "x >> (", "raise_lwt ",
        "type t = int with sexp ", "lwt x = y in ", "EXTEND ", "[< '", "{client{ ", "`A | ", "#if a\n", "<:a< ",
    ]) func isLinear(piece: String) {
        func seconds(_ count: Int) -> Double {
            let text = Array(String(repeating: piece, count: count).utf8)
            let clock = ContinuousClock()
            let times = (0..<2).map { _ in
                clock.measure {
                    _ = scan(text, turnedOn: nil)
                    _ = scan(text, turnedOn: Catalogue.all.map(\.id))
                }
            }
            return (times.min() ?? .zero) / .seconds(1)
        }
        let short = seconds(4000)
        let long = seconds(16_000)
        #expect(long < 0.5 || long < short * 10, "4 times as much took \(long / short) times as long")
    }

    @Test func closersAndOpenersThatDoNotFit() {
        for text in [
            String(repeating: "(", count: 20_000) + String(repeating: "]", count: 20_000),
            String(repeating: "match ", count: 20_000) + String(repeating: "with x ", count: 20_000),
            String(repeating: "let x = ", count: 20_000) + String(repeating: "in ", count: 20_000),
            "type t = int with " + String(repeating: "sexp, ", count: 10_000),
        ] {
            _ = scan(Array(text.utf8), turnedOn: nil)
            _ = scan(Array(text.utf8), turnedOn: Catalogue.all.map(\.id))
        }
    }
}
