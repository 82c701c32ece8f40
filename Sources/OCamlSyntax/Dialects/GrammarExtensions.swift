/// `EXTEND … END`, `GEXTEND … END` and `DELETE_RULE … END`: recognised whole, so that files that implement an extension
/// are told from files that use one.
///
/// - `grammarExtension`: keyword; all between is own tokens; keyword `END`.
extension Parser {
    mutating func grammarExtension(_ mark: Mark) {
        keyword()
        while current != .endOfFile, word != .endMacro { advance() }
        if word == .endMacro { keyword() } else { missing("END was expected") }
        close(.grammarExtension, mark)
    }
}
