/// Whether the stock OCaml parser takes a file as it stands, as far as findings tell.
///
/// The one place of this answer. It errs on one side: a file without a construct that stock surely rejects counts as
/// accepted, whatever else is wrong with it.
package enum StockVerdict {
    package static func isAccepted(_ drafts: [Draft], lexicalErrors: Int) -> Bool {
        lexicalErrors == 0 && !drafts.contains { $0.certainty == .certain }
    }
}
