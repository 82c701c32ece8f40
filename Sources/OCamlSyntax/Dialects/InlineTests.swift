/// pa_ounit's `TEST` and pa_bench's `BENCH` items.
extension Parser {
    mutating func inlineTest(_ item: Mark) {
        let word = word
        advance()
        _ = take(.string)
        if word == .benchIndexed {
            lowercaseName("a name was expected")
            simpleExpr()
        }
        expect(.equal, "= was expected")
        if word == .testModule || word == .benchModule { moduleExpr() } else { seqExpr() }
        let isTest = word == .test || word == .testUnit || word == .testModule
        close(isTest ? .testItem : .benchItem, item)
    }
}
