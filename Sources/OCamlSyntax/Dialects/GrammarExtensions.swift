/// `EXTEND … END` and `DELETE_RULE … END`: recognised whole, so that files that implement an extension are told from
/// files that use one.
extension Parser {
    mutating func grammarExtension(_ mark: Mark) {
        repeat { advance() } while current != .endOfFile && word != .endMacro
        if word == .endMacro { advance() } else { missing("END was expected") }
        close(.grammarExtension, mark)
    }
}
