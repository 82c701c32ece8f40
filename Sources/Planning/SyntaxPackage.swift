/// An opam package whose reason to exist is a camlp4 syntax extension: who uses it does not wait for it to move, but
/// replaces it, once there is something to replace it by.
///
/// Libraries that merely ship an extension beside their code (cstruct, lwt, js_of_ocaml, …) are not here: their users
/// wait for them. Dates are those of the first appearance in the opam repository.
package struct SyntaxPackage: Sendable, Hashable {
    /// The opam package.
    package let name: String
    /// The catalogue's name of the extension.
    package let `extension`: String
    /// What takes its place, in words that fit behind "replace it by".
    package let replacement: String?
    /// The day from which the replacement can be had (YYYY-MM-DD); nil where it takes no package.
    package let since: String?

    /// Whether it can be replaced on a day (YYYY-MM-DD).
    package func isReplaceable(on date: String) -> Bool {
        replacement != nil && (since ?? "") <= date
    }

    /// The opam packages that a user depends on instead.
    ///
    /// - Parameter others: what the user depends on besides, which tells the generators of type_conv that it uses.
    package func packages(beside others: [String]) -> [String] {
        if name == "type_conv" { return others.compactMap { Self.generators[$0] } }
        guard since != nil, let replacement else { return [] }
        return replacement.split { ", ".contains($0) }.map(String.init)
    }

    /// The libraries of generators, and the ppx that takes the place of each.
    private static let generators = [
        "bin_prot": "ppx_bin_prot", "comparelib": "ppx_compare", "fieldslib": "ppx_fields_conv",
        "sexplib": "ppx_sexp_conv", "typerep": "ppx_typerep_conv", "variantslib": "ppx_variants_conv",
    ]

    package static func named(_ name: String) -> SyntaxPackage? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private init(_ name: String, _ extension: String, _ replacement: String?, since: String?) {
        self.name = name
        self.extension = `extension`
        self.replacement = replacement
        self.since = since
    }

    /// Every such package, by name.
    package static let all: [SyntaxPackage] = [
        SyntaxPackage("bisect", "bisect", "bisect_ppx", since: "2015-05-06"),
        SyntaxPackage("bitstring", "bitstring", "ppx_bitstring", since: "2016-04-14"),
        SyntaxPackage("comparelib", "comparelib", "ppx_compare", since: "2015-09-25"),
        SyntaxPackage("custom_printf", "custom_printf", "ppx_custom_printf", since: "2015-09-30"),
        SyntaxPackage("deriving", "deriving", "ppx_deriving", since: "2014-07-23"),
        SyntaxPackage("deriving-ocsigen", "deriving", "ppx_deriving", since: "2014-07-23"),
        SyntaxPackage("deriving-yojson", "deriving", "ppx_deriving_yojson", since: "2014-09-06"),
        SyntaxPackage("dyntype", "dyntype", nil, since: nil),
        SyntaxPackage("enumerate", "enumerate", "ppx_enumerate", since: "2015-09-25"),
        SyntaxPackage("estring", "estring", "calls of the functions that the literals stand for", since: nil),
        SyntaxPackage("herelib", "herelib", "ppx_here", since: "2015-09-25"),
        SyntaxPackage("js_of_ocaml-camlp4", "js_of_ocaml", "js_of_ocaml-ppx", since: "2017-06-18"),
        SyntaxPackage("json-static", "json-static", "ppx_deriving_yojson", since: "2014-09-06"),
        SyntaxPackage("lwt_camlp4", "lwt", "lwt_ppx", since: "2017-12-19"),
        SyntaxPackage("macaque", "macaque", nil, since: nil),
        SyntaxPackage("mikmatch", "mikmatch", "ppx_regexp", since: "2017-06-04"),
        SyntaxPackage("optcomp", "optcomp", "cppo", since: "2013-11-21"),
        SyntaxPackage("orm", "orm", nil, since: nil),
        SyntaxPackage("ospec", "ospec", "ounit or alcotest", since: nil),
        SyntaxPackage("pa_bench", "pa_bench", "ppx_bench", since: "2015-09-25"),
        SyntaxPackage("pa_bin_prot", "bin_prot", "ppx_bin_prot", since: "2015-09-25"),
        SyntaxPackage("pa_comprehension", "pa_comprehension", "functions of List", since: nil),
        SyntaxPackage("pa_do", "pa_do", "local opens, M.(e)", since: nil),
        SyntaxPackage("pa_fields_conv", "fieldslib", "ppx_fields_conv", since: "2015-09-25"),
        SyntaxPackage("pa_monad_custom", "pa_monad_custom", "ppx_monad", since: "2014-12-08"),
        SyntaxPackage("pa_ounit", "pa_ounit", "ppx_inline_test", since: "2015-09-25"),
        SyntaxPackage("pa_qualified", "pa_qualified", "a module alias", since: nil),
        SyntaxPackage("pa_sexp_conv", "sexplib", "ppx_sexp_conv", since: "2015-09-25"),
        SyntaxPackage(
            "pa_structural_sexp", "pa_structural_sexp", "ppx_sexp_value, ppx_sexp_message", since: "2016-01-13"),
        SyntaxPackage("pa_test", "pa_test", "ppx_assert", since: "2015-09-25"),
        SyntaxPackage("pa_typerep_conv", "typerep", "ppx_typerep_conv", since: "2015-09-25"),
        SyntaxPackage("pa_variants_conv", "variantslib", "ppx_variants_conv", since: "2015-09-25"),
        SyntaxPackage("pa_where", "pa_where", "let … in", since: nil),
        SyntaxPackage("pipebang", "pipebang", "|> of OCaml itself", since: "2013-09-12"),
        SyntaxPackage(
            "type_conv", "type_conv", "the ppx of each generator (ppx_sexp_conv for sexp)", since: "2015-09-25"),
        SyntaxPackage("ulex", "ulex", "sedlex", since: "2013-11-21"),
        SyntaxPackage("xstrp4", "xstrp4", "Printf.sprintf", since: nil),
    ]
}
