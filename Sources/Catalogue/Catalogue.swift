package import Findings

/// Everything known of syntax extensions: one file an extension, one list.
///
/// Facts come from the extensions' own grammars, checked by building them with camlp4 4.13 and by compiling the
/// replacements with OCaml 4.13.
package enum Catalogue {
    package static let all: [SyntaxExtension] = [
        // camlp4 itself and what comes with it.
        camlp4, camlp4Grammar, camlp4Lexer, macro, extend, quotations, listComprehension, streamParsers, revised,
        filterGenerators, filters,
        debugParser, reloaded, camlp5Streams, camlp5Macro, camlp5Extend,
        // Jane Street.
        typeConv, sexplib, binProt, fieldslib, variantslib, comparelib, typerep, enumerate, metaConv, paOUnit, paBench,
        paTest,
        herelib, pipebang, customPrintf, structuralSexp, core,
        // Lwt, Ocsigen, Mirage.
        lwt, lwtLog, cstruct, jsOfOCaml, deriving, derivingJson, eliom, tyxml, cow, dyntype, rpclib, orm,
        // All others.
        optcomp, bitstring, ulex, pgocaml, macaque, mikmatch, monadCustom, estring, xstrp4, bisect, sqlexpr, paOpenIn,
        comprehension, batteriesMisc, paWhere, small, jsonStatic, gettext, duppy, froc, extunixHave, ospec, bolt,
        qualified, paSolution, paDo, orakuda, formatQuotations, coqGrammar, noSyntax,
    ]

    /// The list with its look-ups, made once.
    package static let index = ExtensionIndex(all)
}
