import Catalogue
import Findings
import Testing

/// Which extension somebody means by a name.
@Suite struct NameSearchTests {
    private let search = NameSearch(Catalogue.index)

    @Test(arguments: [
        ("lwt", "lwt", nil), ("lwt/let", "lwt", "lwt/let"), ("lwt.syntax", "lwt", nil), ("pa_lwt.cmo", "lwt", nil),
        ("try_lwt", "lwt", nil), ("sexp_of", "sexplib", nil), ("bin_io", "bin_prot", nil), ("##", "js_of_ocaml", nil),
        ("pa_where", "pa_where", nil),
    ])
    func findsByEveryName(_ name: String, _ id: String, _ rule: String?) throws {
        let answer = try #require(search.find(name))
        #expect(answer.entry.id == id)
        #expect(answer.rule == rule)
    }

    @Test(arguments: [("lwtt", "lwt"), ("cstrct", "cstruct"), ("lwt/lett", "lwt/let"), ("sexplb", "sexplib")])
    func suggestsWhatIsNear(_ name: String, _ id: String) {
        #expect(search.find(name) == nil)
        #expect(search.suggestions(for: name).contains(id), "\(search.suggestions(for: name))")
    }

    @Test func suggestsNothingForNonsense() {
        #expect(search.find("no such thing at all") == nil)
        #expect(search.suggestions(for: "qqqqqqqq") == [])
    }
}
