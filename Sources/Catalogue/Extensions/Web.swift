import Findings
import OCamlSyntax
import Text

/// Ocsigen's and the web's extensions.
extension Catalogue {
    static let eliom = SyntaxExtension(
        id: "eliom", title: "Eliom: client and server code in one file",
        findlib: [
            "eliom.syntax.common", "eliom.syntax.client", "eliom.syntax.server", "eliom.syntax.type",
            "eliom.syntax.predef",
        ],
        archives: ["pa_eliom_seed", "pa_eliom_client_client", "pa_eliom_client_server", "pa_eliom_type_filter"],
        dialects: .eliom, implies: ["js_of_ocaml", "lwt", "tyxml", "deriving"], replacement: "eliom.ppx",
        rules: [
            Rule(
                "eliom/section", "a section of client, server or shared code", at: [.eliomSection],
                examples: [
                    .reported("«{client{ let x = 1 }}»\n«{shared{ type t = int }}»"),
                    .silent("let r = { client = { a = 1 } }"),
                ]
            ) { node in
                let side = node.firstToken.next.text
                return Draft(node, .certain, .manual("write [%%\(side).start], or %\(side) on each item"))
            },
            Rule(
                "eliom/client-value", "a client value in server code", at: [.eliomClientValue, .eliomSharedValue],
                examples: [
                    .reported("let f () = «{{ alert \"x\" }}»"), .reported("let f () = «{unit{ () }}»"),
                    .silent("let r = { a = { b = 1 } }"),
                ]
            ) { node in
                return Draft(node, .certain, .manual("write [%client (code : type)]"))
            },
        ])

    static let tyxml = SyntaxExtension(
        id: "tyxml", title: "TyXML: typed HTML and SVG in quotations", findlib: ["tyxml.syntax"],
        archives: ["pa_tyxml"],
        quotations: ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"], implies: ["camlp4"],
        replacement: "tyxml-ppx",
        rules: [
            .manualQuotations(
                "tyxml/quotation", "a quotation of HTML or SVG",
                ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"],
                advice: "write [%html \"…\"] or [%svg \"…\"] of tyxml-ppx, antiquotations between strings",
                examples: [.reported("let p = «<:html5< <p>a</p> >>»")])
        ])

    static let cow = SyntaxExtension(
        id: "cow", title: "Caml on the Web: HTML, XML, CSS in quotations", findlib: ["cow.syntax"],
        archives: ["pa_cow"], quotations: ["html", "xml", "css"], generators: ["json", "xml", "html"],
        implies: ["type_conv"], replacement: "cow's combinators",
        rules: [
            .manualQuotations(
                "cow/quotation", "a quotation of HTML, XML or CSS", ["html", "xml", "css"],
                advice: "write it with the combinators of Cow.Html, Cow.Xml or Css",
                examples: [.reported("let p = «<:html< <p>a</p>&>>»")])
        ])

    static let dyntype = SyntaxExtension(
        id: "dyntype", title: "dyntype: types and values at run time", findlib: ["dyntype.syntax"], opam: ["dyntype"],
        archives: ["pa_dyntype", "pa_type", "pa_value"], generators: ["type_of", "value"], implies: ["type_conv"],
        replacement: "nothing exact: ppx_typerep_conv comes nearest")

    static let rpclib = SyntaxExtension(
        id: "rpclib", title: "rpclib: remote calls from types", findlib: ["rpclib.syntax", "rpclib.idl"],
        archives: ["pa_rpc", "pa_module"], dialects: .rpclib,
        keywords: ["with_gen"], generators: ["rpc", "rpc_of"], implies: ["type_conv"],
        replacement: "ppx_deriving_rpc")

    static let orm = SyntaxExtension(
        id: "orm", title: "orm: storage from types", findlib: ["orm.syntax"], opam: ["orm"], archives: ["pa_orm"],
        generators: ["orm"], implies: ["dyntype"], replacement: "nothing")
}
