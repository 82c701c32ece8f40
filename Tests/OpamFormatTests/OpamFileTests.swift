import OpamFormat
import Testing
import Text

@Suite struct OpamFileTests {
    private func file(_ text: String) -> OpamFile { OpamFile(parsing: Array(text.utf8)) }

    private func atoms(_ formula: PackageFormula, _ variables: [String: Filter.Value] = [:]) -> [String] {
        formula.resolved { variables[$0.name] }.atoms.map { atom in
            atom.constraint.isEmpty ? atom.name : "\(atom.name) \(atom.constraintText)"
        }
    }

    @Test func filtersDecideDependencies() {
        let depends = file(
            """
            opam-version: "2.0"
            depends: [
              "plain" "ranged" {>= "1" & < "2"} "built" {build} "tested" {with-test & >= "3"}
              "elsewhere" {os = "win32"} "either" {build | with-doc} "not" {!with-test}
              "own" {= version} "two" {>= "1" with-test}
            ]
            """
        ).depends
        #expect(
            atoms(depends, ["build": .bool(true), "with-test": .bool(false), "version": .string("7")]) == [
                "plain", "ranged >= \"1\" & < \"2\"", "built", "either", "not", "own = \"7\"",
            ])
        #expect(
            atoms(depends, ["build": .bool(false), "with-test": .bool(true), "with-doc": .bool(true)]) == [
                "plain", "ranged >= \"1\" & < \"2\"", "tested >= \"3\"", "either", "own", "two >= \"1\"",
            ])
    }

    @Test func oldFormats() {
        let old = file(
            """
            opam-version: "1.2"
            ocaml-version: [>= "4.00.0" & < "4.03"]
            os: ["linux" "darwin"]
            depends: ["ounit" {test} "a" | "b"]
            depopts: ["camlp4" "lwt"]
            """)
        #expect(atoms(old.depends, ["test": .bool(true)]) == ["ounit", "a", "b"])
        #expect(atoms(old.depends) == ["a", "b"])
        guard case .or = old.depopts else {
            Issue.record("depopts are alternatives")
            return
        }
        func available(_ ocaml: String, _ os: String) -> Bool? {
            old.available.value { ["ocaml-version": .string(ocaml), "os": .string(os)][$0.name] }?.bool
        }
        #expect(available("4.02.3", "linux") == true)
        #expect(available("4.02.3", "macos") == true)
        #expect(available("4.02.3", "freebsd") == false)
        #expect(available("4.03.0", "linux") == false)
        #expect(old.available.value { $0.name == "os" ? .string("linux") : nil } == nil)
    }

    @Test func threeValues() {
        func value(_ filter: String) -> Filter.Value? {
            file("available: \(filter)").available.value { ["yes": .bool(true), "no": .bool(false)][$0.name] }
        }
        #expect(value("yes | unknown") == .bool(true))
        #expect(value("no & unknown") == .bool(false))
        #expect(value("yes & unknown") == nil)
        #expect(value("!unknown") == nil)
        #expect(value("?unknown") == .bool(false))
        #expect(value("?yes") == .bool(true))
        #expect(value("\"1.10\" > \"1.9\"") == .bool(true))
        #expect(value("lwt:enable = \"disable\"") == .bool(true))
    }

    @Test func interpolation() {
        let environment: Filter.Environment = { ["x": .bool(true), "name": .string("pkg")][$0.name] }
        #expect(Filter.expand("a%{name}%-%%-%{unknown}%!", environment) == "apkg-%-!")
        #expect(Filter.expand("%{x?yes:no}% %{z?yes:no}%", environment) == "yes no")
        #expect(Filter.expand("100% %{open", environment) == "100% %{open")
    }

    /// A field that cannot be read is left out and named; the rest of the file counts.
    @Test func oneBadField() throws {
        let file = file("opam-version: \"2.0\"\ndepends: [\"a\" {<= 5}]\ndepopts: [\"b\"]\n")
        #expect(atoms(file.depends).isEmpty)
        #expect(atoms(file.depopts) == ["b"])
        #expect(file.unreadFields == ["depends"])
        let error = try #require(file.errors.first)
        #expect((error.position.line, error.position.column) == (2, 18))
    }

    @Test func normalForm() {
        typealias F = Formula<Int>
        let formula = F.disjunction([.conjunction([.atom(1), .atom(2)]), .atom(3), .empty])
        #expect(formula.clauses() == [[1, 3], [2, 3]])
        let wide = F.disjunction((0..<30).map { .conjunction([.atom($0), .atom(-$0)]) })
        #expect(wide.clauses(limit: 1000) == nil)
    }
}
