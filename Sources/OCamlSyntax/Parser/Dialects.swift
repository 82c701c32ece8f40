/// Which grammars a file is written in, beyond stock OCaml's.
package struct Dialects: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
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
    /// pa_monad's and pa_monad_custom's `perform`.
    package static let monad = Dialects(rawValue: 1 << 16)
    /// mikmatch's regular expressions.
    package static let mikmatch = Dialects(rawValue: 1 << 17)
    /// pa_openin's `open M in e`.
    package static let openIn = Dialects(rawValue: 1 << 18)
    /// estring's `u"…"`, sqlexpr's `sqlc"…"`.
    package static let estring = Dialects(rawValue: 1 << 19)
    /// `PGSQL(db) "…"`.
    package static let pgocaml = Dialects(rawValue: 1 << 20)
    /// pa_where's `e where x = …`.
    package static let `where` = Dialects(rawValue: 1 << 21)
    /// pa_comprehension's `[? … ?]`.
    package static let enumComprehensions = Dialects(rawValue: 1 << 22)
    package static let duppy = Dialects(rawValue: 1 << 23)
    /// froc's `lft` and `lbt`.
    package static let froc = Dialects(rawValue: 1 << 24)
    package static let ospec = Dialects(rawValue: 1 << 25)
    /// bolt's `LOG`.
    package static let bolt = Dialects(rawValue: 1 << 26)
    /// extunix's `HAVE`.
    package static let have = Dialects(rawValue: 1 << 27)
    /// json-static's `type json`.
    package static let jsonStatic = Dialects(rawValue: 1 << 28)
    /// xstrp4's `interpolate`.
    package static let xstrp4 = Dialects(rawValue: 1 << 29)
    /// macaque's `r#!field`.
    package static let macaque = Dialects(rawValue: 1 << 30)
    /// rpclib's `with_gen` behind module types.
    package static let rpclib = Dialects(rawValue: 1 << 31)
    /// camlp4's revised syntax, instead of the original one.
    package static let revised = Dialects(rawValue: 1 << 32)

    /// All that can be on together; the revised syntax is a language of its own.
    package static let all = Dialects(rawValue: (1 << 32) - 1)
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
    case typeConvPath, withGen
    case elsifdef
    case re, regexpMacro
    case pgsql
    case duppy, duppyHead, duppyTry, duppyDo, duppyDone
    case froc
    case describe
    case log, logPart, logLevel
    case have
    case interpolate

    /// The words of each dialect.
    static func words(of dialects: Dialects) -> [(word: String, meaning: ExtensionWord)] {
        var words: [(String, ExtensionWord)] = []
        // The revised grammar reads heads of items only, and knows them as plain names.
        if dialects.contains(.revised) { return [] }
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
                ("ENDIF", .endif), ("ELSIFDEF", .elsifdef), ("DEFINE", .define), ("UNDEF", .undef),
                ("INCLUDE", .includeMacro), ("IN", .inMacro),
            ]
        }
        if dialects.contains(.streams) { words += [("parser", .parser)] }
        if dialects.contains(.grammarExtensions) {
            words += [("EXTEND", .extend), ("GEXTEND", .gextend), ("DELETE_RULE", .deleteRule), ("END", .endMacro)]
        }
        if dialects.contains(.bitstring) { words += [("bitmatch", .bitmatch), ("BITSTRING", .bitstring)] }
        if dialects.contains(.monad) { words += [("perform", .perform)] }
        if dialects.contains(.ulex) { words += [("lexer", .lexer)] }
        return words + rareWords(of: dialects)
    }

    private static func rareWords(of dialects: Dialects) -> [(word: String, meaning: ExtensionWord)] {
        var words: [(String, ExtensionWord)] = []
        if dialects.contains(.typeConv) { words += [("TYPE_CONV_PATH", .typeConvPath)] }
        if dialects.contains(.rpclib) { words += [("with_gen", .withGen)] }
        if dialects.contains(.mikmatch) {
            words += [("RE", .re)]
            words += [
                "RE_PCRE", "REPLACE", "REPLACE_FIRST", "SEARCH", "SEARCH_FIRST", "MAP", "COLLECT", "COLLECTOBJ",
                "MATCH",
                "SPLIT", "FILTER", "CAPTURE",
            ].map { ($0, .regexpMacro) }
        }
        if dialects.contains(.pgocaml) { words += [("PGSQL", .pgsql)] }
        if dialects.contains(.duppy) {
            words += [
                ("duppy", .duppy), ("duppy_return", .duppyHead), ("duppy_raise", .duppyHead), ("duppy_try", .duppyTry),
                ("duppy_do", .duppyDo),
            ]
        }
        if dialects.contains(.froc) { words += [("lft", .froc), ("lbt", .froc)] }
        if dialects.contains(.ospec) { words += [("describe", .describe), ("it", .describe)] }
        if dialects.contains(.bolt) {
            words += [
                ("LOG", .log), ("LEVEL", .logLevel), ("NAME", .logPart), ("PROPERTIES", .logPart), ("WITH", .logPart),
                ("EXCEPTION", .logPart), ("EXN", .logPart),
            ]
        }
        if dialects.contains(.have) { words += [("HAVE", .have), ("END", .endMacro)] }
        if dialects.contains(.xstrp4) { words += [("interpolate", .interpolate), ("include_file", .interpolate)] }
        return words
    }
}
