/// What a token is, as far as bytes alone tell.
///
/// Words of the base language are kinds of their own; words that only some syntax extension knows (`lwt`, `cstruct`,
/// `parser`, …) are plain identifiers here, since one file's keyword is another's variable.
package enum TokenKind: UInt8, Sendable, CaseIterable {
    // Stands for "no token": what lists answer beyond their end.
    case endOfFile

    // Trivia.
    case blank
    case comment
    /// `(** … *)` and `(**)`, but not `(*** … *)`.
    case documentationComment
    case lineDirective
    /// `#!…` at the very start of a file, which stock OCaml skips.
    case hashBang
    /// A comment that the file ends in; reaches to the end of the file.
    case unterminatedComment

    // Names and labels.
    case lowercaseIdentifier
    case uppercaseIdentifier
    /// `\#let`: OCaml 5.2's way to use a keyword as a name.
    case rawIdentifier
    /// `~name:`.
    case label
    /// `?name:`.
    case optionalLabel
    /// `~let:`: stock OCaml takes no keyword here.
    case keywordLabel
    case keywordOptionalLabel

    // Literals.
    case integer
    case float
    case character
    case string
    /// `{id|…|id}`.
    case quotedString
    /// `{%ext|…|}`.
    case quotedExtension
    /// `{%%ext|…|}`.
    case quotedExtensionItem
    /// camlp4's `<< … >>`, `<:tag< … >>`, `<:tag@loc< … >>`, `<@loc< … >>`.
    case quotation

    // Damaged literals.
    /// `1a`, `0xg`: stock OCaml takes no letter there.
    case badNumber
    /// A character literal with an escape that does not exist or stands for no byte.
    case badCharacter
    /// `''`.
    case emptyCharacter
    /// A whole string, with an escape that stands for no byte or character.
    case badString
    case unterminatedString
    case unterminatedQuotedString
    case unterminatedQuotation
    /// A byte that starts no token; `.~`, which is reserved; a line directive whose number is out of range.
    case illegal

    // Keywords.
    case and
    case `as`
    case assert
    case begin
    case `class`
    case constraint
    case `do`
    case done
    case downto
    case `else`
    case end
    case exception
    case external
    case `false`
    case `for`
    case fun
    case function
    case functor
    case `if`
    case `in`
    case include
    case inherit
    case initializer
    case lazy
    case `let`
    case match
    case method
    case module
    case mutable
    case new
    case nonrec
    case object
    case of
    case open
    case or
    case `private`
    case rec
    case sig
    case `struct`
    case then
    case to
    case `true`
    case `try`
    case type
    case val
    case virtual
    case when
    case `while`
    case with
    /// `land lor lxor mod`: binds as `*` does.
    case wordOperator3
    /// `lsl lsr asr`: binds as `**` does.
    case wordOperator4

    // Punctuation and operators with a name of their own.
    case ampersand
    case ampersandAmpersand
    case backquote
    case quote
    case leftParen
    case rightParen
    case star
    case comma
    case arrow
    case dot
    case dotDot
    /// `.%`, `.+`, … : the start of a user-defined index operator.
    case dotOperator
    case colon
    case colonColon
    case colonEqual
    case colonGreater
    case semicolon
    case semicolonSemicolon
    case less
    case leftArrow
    case equal
    case leftBracket
    case leftBracketBar
    case leftBracketLess
    case leftBracketGreater
    /// `[:`, of camlp4 alone.
    case leftBracketColon
    case leftBracketAt
    case leftBracketAtAt
    case leftBracketAtAtAt
    case leftBracketPercent
    case leftBracketPercentPercent
    case rightBracket
    case barRightBracket
    case greaterRightBracket
    /// `:]`, of camlp4 alone.
    case colonRightBracket
    case leftBrace
    case leftBraceLess
    case rightBrace
    case greaterRightBrace
    /// Any other opening that camlp4 glues together: `{|`, `(@`, `[&`, …
    case leftDelimiter
    /// Any other closing that camlp4 glues together: `|}`, `@)`, …
    case rightDelimiter
    case bar
    case barBar
    case greater
    case underscore
    case tilde
    case question
    case bang
    case hash
    case plus
    case plusDot
    case plusEqual
    case minus
    case minusDot
    case percent

    // Operators by how they bind.
    /// `!…`, `~…`, `?…`.
    case prefixOperator
    /// `=… <… >… |… &… $…`, `!=`.
    case infixOperator0
    /// `@… ^…`.
    case infixOperator1
    /// `+… -…`.
    case infixOperator2
    /// `*… /… %…`.
    case infixOperator3
    /// `**…`.
    case infixOperator4
    /// `#…`.
    case hashOperator
    /// `let*`, `let+`, …
    case letOperator
    /// `and*`, `and+`, …
    case andOperator
    /// camlp4's symbols that begin with a backslash.
    case backslashOperator

    /// A name that a dialect of the file makes a keyword. The lexer never answers this; the parser does.
    case extensionKeyword
}

extension TokenKind {
    /// Blanks, comments, directives: what stands between the tokens that a grammar sees.
    package var isTrivia: Bool {
        rawValue >= TokenKind.blank.rawValue && rawValue <= TokenKind.unterminatedComment.rawValue
    }

    package var isComment: Bool {
        self == .comment || self == .documentationComment || self == .unterminatedComment
    }

    /// Whether the lexer whose rules were asked for would have stopped at this token.
    package var isError: Bool {
        switch self {
        case .unterminatedComment, .keywordLabel, .keywordOptionalLabel: true
        default: rawValue >= TokenKind.badNumber.rawValue && rawValue <= TokenKind.illegal.rawValue
        }
    }

    /// Compared where it is asked, without a call into this module: readers of whole files ask it of every token.
    @inlinable package static func == (left: TokenKind, right: TokenKind) -> Bool {
        unsafe unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
    }

    /// Words reserved in the base language.
    package var isKeyword: Bool {
        rawValue >= TokenKind.and.rawValue && rawValue <= TokenKind.wordOperator4.rawValue
    }

    /// Constants spelled by the programmer, damaged ones included.
    package var isLiteral: Bool {
        rawValue >= TokenKind.integer.rawValue && rawValue <= TokenKind.unterminatedQuotation.rawValue
    }
}
