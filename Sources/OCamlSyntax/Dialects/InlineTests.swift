/// pa_ounit's `TEST` and pa_bench's `BENCH` items.
///
/// - `testItem`, `benchItem`: keyword; a `constant` where a name is given; for `BENCH_INDEXED` the `name` of the
///   argument and the expression of its values; then the body, an expression or, behind `…_MODULE`, a module. A last
///   `;` of the body is an own token of the item, or of the sequence where the body is one.
extension Parser {
    mutating func inlineTest(_ item: Mark) {
        let word = word
        keyword()
        if current == .string { leaf(.constant) }
        if word == .benchIndexed {
            name("a name was expected")
            expr(Precedence.concatenation)
        }
        expect(.equal, "= was expected")
        if word == .testModule || word == .benchModule { moduleExpr() } else { seqExpr() }
        let isTest = word == .test || word == .testUnit || word == .testModule
        close(isTest ? .testItem : .benchItem, item)
    }
}
