/// Whose rules cut a file into tokens: stock OCaml's lexer or camlp4's.
///
/// They differ in comments (camlp4 looks for quotations inside, stock for `{id|…|id}`), quotations, `{id|…|id}`, `#`,
/// operators, glued brackets, number suffixes, labels and escapes. Facts: OCaml 4.13's `lexer.mll`, with the raw
/// identifiers of 5.2; camlp4 4.13's `Struct/Lexer.mll`.
package struct LexicalRules: Hashable, Sendable {
    package enum Flavour: UInt8, Hashable, Sendable {
        case stock
        case camlp4
    }

    package var flavour: Flavour
    /// Whether `<<` and its like open a quotation; camlp4's `-no_quot` turns that off. Nothing to stock's rules.
    package var quotations: Bool

    package init(flavour: Flavour, quotations: Bool) {
        self.flavour = flavour
        self.quotations = quotations
    }

    package static let stock = LexicalRules(flavour: .stock, quotations: false)
    package static let camlp4 = LexicalRules(flavour: .camlp4, quotations: true)
    package static let camlp4WithoutQuotations = LexicalRules(flavour: .camlp4, quotations: false)
}
