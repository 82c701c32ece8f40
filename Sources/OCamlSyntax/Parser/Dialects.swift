/// Which grammars a file is written in, beyond stock OCaml's.
package struct Dialects: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// camlp4's laxer original syntax, which every camlp4 file has, extensions or not.
    package static let camlp4 = Dialects(rawValue: 1 << 0)
    /// `with` clauses on types, exceptions and record fields.
    package static let typeConv = Dialects(rawValue: 1 << 1)
    package static let lwt = Dialects(rawValue: 1 << 2)
    package static let cstruct = Dialects(rawValue: 1 << 3)
    package static let ounit = Dialects(rawValue: 1 << 4)
    package static let bench = Dialects(rawValue: 1 << 5)
    package static let jsOfOCaml = Dialects(rawValue: 1 << 6)
    package static let deriving = Dialects(rawValue: 1 << 7)
    package static let eliom = Dialects(rawValue: 1 << 8)
    /// `IFDEF`, `DEFINE`, `INCLUDE`.
    package static let macros = Dialects(rawValue: 1 << 9)
    /// `#if` … `#endif` at the start of lines.
    package static let optcomp = Dialects(rawValue: 1 << 10)
    package static let bitstring = Dialects(rawValue: 1 << 11)
    /// `parser`, `[< … >]`.
    package static let streams = Dialects(rawValue: 1 << 12)
    /// `[ e | p <- l ]`.
    package static let comprehensions = Dialects(rawValue: 1 << 13)
    package static let ulex = Dialects(rawValue: 1 << 14)
    /// `EXTEND … END`.
    package static let grammarExtensions = Dialects(rawValue: 1 << 15)
    /// `perform … done`-less monad notation.
    package static let monad = Dialects(rawValue: 1 << 16)
}

/// A word that some dialect makes a keyword.
enum ExtensionWord: UInt8, Sendable, CaseIterable {
    case none
    case lwt, tryLwt, finally, matchLwt, forLwt, whileLwt, raiseLwt, assertLwt
    case cstruct, cenum
    case test, testUnit, testModule, bench, benchFun, benchIndexed, benchModule
    case jsnew, jsobject
    case deriving
    case ifdef, ifndef, then, elseMacro, endMacro, endif, define, undef, includeMacro, inMacro
    case parser
    case extend, deleteRule, gextend
    case bitmatch, bitstring
    case perform
    case lexer

    /// The words of each dialect.
    static func words(of dialects: Dialects) -> [(word: String, meaning: ExtensionWord)] {
        var words: [(String, ExtensionWord)] = []
        if dialects.contains(.lwt) {
            words += [
                ("lwt", .lwt), ("try_lwt", .tryLwt), ("finally", .finally), ("match_lwt", .matchLwt),
                ("for_lwt", .forLwt), ("while_lwt", .whileLwt), ("raise_lwt", .raiseLwt), ("assert_lwt", .assertLwt),
            ]
        }
        if dialects.contains(.cstruct) { words += [("cstruct", .cstruct), ("cenum", .cenum)] }
        if dialects.contains(.ounit) {
            words += [("TEST", .test), ("TEST_UNIT", .testUnit), ("TEST_MODULE", .testModule)]
        }
        if dialects.contains(.bench) {
            words += [
                ("BENCH", .bench), ("BENCH_FUN", .benchFun), ("BENCH_INDEXED", .benchIndexed),
                ("BENCH_MODULE", .benchModule),
            ]
        }
        if dialects.contains(.jsOfOCaml) { words += [("jsnew", .jsnew), ("jsobject", .jsobject)] }
        if dialects.contains(.deriving) { words += [("deriving", .deriving)] }
        if dialects.contains(.macros) {
            words += [
                ("IFDEF", .ifdef), ("IFNDEF", .ifndef), ("THEN", .then), ("ELSE", .elseMacro), ("END", .endMacro),
                ("ENDIF", .endif), ("DEFINE", .define), ("UNDEF", .undef), ("INCLUDE", .includeMacro), ("IN", .inMacro),
            ]
        }
        if dialects.contains(.streams) { words += [("parser", .parser)] }
        if dialects.contains(.grammarExtensions) {
            words += [("EXTEND", .extend), ("GEXTEND", .gextend), ("DELETE_RULE", .deleteRule), ("END", .endMacro)]
        }
        if dialects.contains(.bitstring) { words += [("bitmatch", .bitmatch), ("BITSTRING", .bitstring)] }
        if dialects.contains(.monad) { words += [("perform", .perform)] }
        if dialects.contains(.ulex) { words += [("lexer", .lexer)] }
        return words
    }
}
