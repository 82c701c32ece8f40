/// What dialects the content of a file shows, for files that come without their build files.
enum DialectGuess {
    /// The dialects whose words stand where their grammars want them. camlp4's own syntax is always among them, and
    /// what costs no word of the language: clauses and comprehensions.
    static func dialects(of tokens: TokenList) -> Dialects {
        var dialects: Dialects = [.camlp4, .typeConv, .comprehensions]
        var previous = TokenKind.semicolonSemicolon
        for index in tokens.significant {
            let kind = tokens.kind(index)
            let next = tokens.significant(from: index + 1)
            switch kind {
            case .lowercaseIdentifier:
                if !isBound(previous) { dialects.formUnion(word(tokens, index, next)) }
            case .uppercaseIdentifier:
                if previous != .dot, previous != .backquote { dialects.formUnion(macro(tokens, index, next)) }
            case .hash where next == index + 1 && tokens.kind(next) == .hash: dialects.insert(.jsOfOCaml)
            case .hash where isDirective(tokens, index, next): dialects.insert(.optcomp)
            case .hashOperator where tokens.text(index, equals: "##"): dialects.insert(.jsOfOCaml)
            case .infixOperator0 where tokens.text(index, equals: "<--"): dialects.insert(.monad)
            case .leftBrace where isEliom(tokens, index, next): dialects.insert(.eliom)
            default: break
            }
            previous = kind
        }
        return dialects
    }

    /// Whether a word behind `kind` is being bound or qualified, and so a name.
    private static func isBound(_ kind: TokenKind) -> Bool {
        switch kind {
        case .dot, .let, .and, .rec, .val, .method, .tilde, .question, .backquote, .quote, .hash, .fun, .type,
            .external:
            true
        default: false
        }
    }

    private static func word(_ tokens: TokenList, _ index: Int, _ next: Int) -> Dialects {
        let follower = tokens.kind(next)
        switch tokens.string(index) {
        case "lwt": return KindSet.patternStarts.contains(follower) ? .lwt : []
        case "try_lwt", "match_lwt", "for_lwt", "while_lwt", "raise_lwt", "assert_lwt":
            return KindSet.expressionStarts.contains(follower) || follower == .underscore ? .lwt : []
        case "cstruct", "cenum": return follower == .lowercaseIdentifier ? .cstruct : []
        case "jsnew": return KindSet.simpleStarts.contains(follower) ? .jsOfOCaml : []
        case "jsobject": return .jsOfOCaml
        case "deriving": return follower == .leftParen ? .deriving : []
        case "parser":
            return follower == .leftBracketLess || follower == .bar || follower == .lowercaseIdentifier ? .streams : []
        case "bitmatch": return KindSet.expressionStarts.contains(follower) ? .bitstring : []
        case "lexer": return follower == .bar || KindSet.literals.contains(follower) ? .ulex : []
        case "regexp": return follower == .lowercaseIdentifier ? .ulex : []
        default: return []
        }
    }

    private static func macro(_ tokens: TokenList, _ index: Int, _ next: Int) -> Dialects {
        let follower = tokens.kind(next)
        switch tokens.string(index) {
        case "TEST", "TEST_UNIT", "TEST_MODULE": return follower == .equal || follower == .string ? .ounit : []
        case "BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE": return follower == .string ? .bench : []
        case "IFDEF", "IFNDEF", "DEFINE", "UNDEF": return follower == .uppercaseIdentifier ? .macros : []
        case "INCLUDE": return follower == .string ? .macros : []
        case "EXTEND", "GEXTEND", "DELETE_RULE": return .grammarExtensions
        case "BITSTRING": return follower == .leftBrace ? .bitstring : []
        default: return []
        }
    }

    private static func isDirective(_ tokens: TokenList, _ index: Int, _ next: Int) -> Bool {
        let start = tokens.start(index)
        guard start == 0 || tokens.bytes[start - 1] == 0x0A else { return false }
        return tokens.text(next, equals: "if") || tokens.text(next, equals: "ifdef") || tokens.text(next, equals: "let")
            || tokens.text(next, equals: "ifndef") || tokens.text(next, equals: "define")
    }

    private static func isEliom(_ tokens: TokenList, _ index: Int, _ next: Int) -> Bool {
        guard next == index + 1 else { return false }
        if tokens.kind(next) == .leftBrace { return true }
        return tokens.kind(next + 1) == .leftBrace
            && (tokens.text(next, equals: "client") || tokens.text(next, equals: "server")
                || tokens.text(next, equals: "shared"))
    }
}
