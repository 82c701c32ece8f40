import OCamlSyntax
import Text

/// Whether the stock OCaml parser takes a file as it stands, whatever build files say of it: the one place of this answer.
package enum StockVerdict {
    /// The verdict of our own parser for OCaml files, which equals OCaml 4.13's on the real files that it was held against.
    ///
    /// Of ocamllex and ocamlyacc files only pieces are OCaml; they count as taken unless a finding is sure to be rejected.
    package static func isAccepted(_ bytes: [UInt8], path: String, _ drafts: [Draft]) -> Bool {
        switch SourceLanguage.of(path: path) {
        case .ocaml: Syntax.rejectionByStock(bytes, interface: SourceLanguage.isInterface(path: path)) == nil
        case .lexer, .grammar: !drafts.contains { $0.certainty == .certain }
        }
    }
}
