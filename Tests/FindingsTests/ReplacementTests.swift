import Catalogue
import Findings
import Testing

/// What takes an extension's place, by day.
@Suite struct ReplacementTests {
    @Test(arguments: [
        ("cstruct", TargetDate(2016, 3, 2), "cstruct.ppx"), ("cstruct", .newest, "ppx_cstruct"),
        ("lwt", TargetDate(2016, 3, 2), "lwt.ppx"), ("lwt", .newest, "lwt_ppx"),
        ("sexplib", TargetDate(2016, 3, 2), "ppx_sexp_conv"), ("ulex", TargetDate(2016, 3, 2), "sedlex"),
        ("ulex", .newest, "sedlex.ppx"), ("bitstring", .newest, "ppx_bitstring"),
        ("pgocaml", TargetDate(2019, 11, 15), "pgocaml_ppx"),
    ])
    func theBestOnThatDay(_ id: String, _ day: TargetDate, _ findlib: String) throws {
        let entry = try #require(Catalogue.index.named(id))
        #expect(entry.replacement.step(on: day)?.packages.first?.findlib == findlib)
    }

    @Test(arguments: [
        ("bitstring", TargetDate(2016, 3, 2)), ("pgocaml", TargetDate(2019, 11, 14)),
        ("sexplib", TargetDate(2015, 9, 24)),
        ("macaque", .newest), ("sqlexpr", .newest), ("tyxml", TargetDate(2016, 3, 2)),
    ])
    func nothingOnThatDay(_ id: String, _ day: TargetDate) throws {
        let entry = try #require(Catalogue.index.named(id))
        #expect(entry.replacement.step(on: day) == nil)
    }

    @Test(arguments: Catalogue.all.map(\.id)) func stepsAreInOrder(_ id: String) throws {
        let entry = try #require(Catalogue.index.named(id))
        #expect(!entry.replacement.summary.isEmpty)
        let days = entry.replacement.steps.map { $0.since ?? TargetDate(1970, 1, 1) }
        #expect(days == days.sorted())
        for step in entry.replacement.steps {
            if let until = step.until { #expect(until > step.since ?? TargetDate(1970, 1, 1)) }
            for day in [step.since, step.until].compactMap(\.self) { #expect(day <= .newest) }
        }
    }
}
