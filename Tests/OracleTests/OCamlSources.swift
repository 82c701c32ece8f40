import Testing
import Workspace

/// OCaml code to compare on: what the compiler installs, folders that the environment names, and odd pieces.
enum OCamlSources {
    /// All `.ml` and `.mli` files below `ocamlfind ocamlc -where` and below the folders that `CARAVAN_OCAML_SOURCES`
    /// names, separated by colons; sorted. Empty, told loudly, where there is no OCaml.
    static func installed() async throws -> [String] {
        guard await Oracle.has("ocamlfind") else {
            Oracle.skip("OCaml's installed sources", because: "there is no ocamlfind")
            return []
        }
        let answer = try await Oracle.run("ocamlfind", ["ocamlc", "-where"])
        let standard = answer.outputText.split(separator: "\n").first.map(String.init) ?? ""
        let more = (environmentVariable("CARAVAN_OCAML_SOURCES") ?? "").split(separator: ":").map(String.init)
        var files: [String] = []
        for root in [standard] + more where !root.isEmpty {
            let walker = try FileWalker(root: root) { $0.hasSuffix(".ml") || $0.hasSuffix(".mli") }
            files += walker.files.map { "\(root)/\($0.path)" }
        }
        #expect(!files.isEmpty, "OCaml is there, but no source of it")
        return files.sorted()
    }

    /// The answer of a dumper, file by file: `file NAME`, then its lines.
    static func sections(_ output: [UInt8]) -> [(file: String, lines: [String])] {
        var sections: [(file: String, lines: [String])] = []
        for line in output.split(separator: 0x0A) {
            let line = String(decoding: line, as: UTF8.self)
            if line.hasPrefix("file ") {
                sections.append((String(line.dropFirst(5)), []))
            } else if !sections.isEmpty {
                sections[sections.count - 1].lines.append(line)
            }
        }
        return sections
    }

    /// Pieces that meet the corners of the lexical rules, alone and glued together.
    static let oddPieces: [String] = [
        " ", "\n", "\r\n", "\r", "\t", "\u{0C}", "x", "x'", "X", "_", "__", "let", "lets", "and*", "let*", "let*.!",
        "let<",
        "1", "1.", "1.5e3", "1e", "0x", "0xg", "0x1F", "0x1.8p3", "0b12", "0o78", "1_0", "1l", "1z", "1ab", "1.x", "0u",
        "1.e+", "'a'", "'a", "''", "'''", "'\\''", "'\\n'", "'\\q'", "'\\300'", "'\\065'", "'\\xFF'", "'\\o101'",
        "'\\o777'",
        "'\n'", "'\\", "\"a\"", "\"\\\"\"", "\"\\999\"", "\"\\u{1F600}\"", "\"\\u{110000}\"", "\"\\u{1234567}\"",
        "\"\\o400\"",
        "\"\\\n  \"", "\"", "\\", "\"\\q\"", "{|a|}", "{id|a|}|id}", "{id|", "{%e|x|}", "{%e id|x|id}",
        "{%%e.f id|x|id}",
        "{%eid|x|}", "{%e", "{", "}", "{<", ">}", "(*", "*)", "(* a *)", "(** b *)", "(**)", "(***)", "(*)",
        "(*** c *)",
        "(* \" *) \" *)", "(* '\"' *)", "(* don't *)", "(* {|*)|} *)", "(* x'\"' \" *)", "(* '\\o101' '\\o777' *)",
        "(* ' *)",
        "(* {%e id|\"|id} *)", "(", ")", "[", "]", "[|", "|]", "[<", "[>", ">]", "[@", "[@@", "[@@@", "[@@@@", "[%",
        "[%%",
        "[%%%", "||", "||]", "|", "&", "&&", "->", "->]", "<-", "<--", "<", ">", "=", "==", "!=", "!", "!!", "!=#", "~",
        "~-",
        "~x:", "~x", "~let:", "~constraint:", "~exceptional:", "?x:", "?_:", "?", "??", "?if:", "#", "##", "#.",
        "# 1 \"f\" x\n",
        "\n# 1 \"f\"\n", "\n# 99999999999999999999 \"f\"\n", "\n#2\"f", "+", "+.", "+=", "+==", "-", "-.", "*", "**",
        "***",
        "/", "%", "%%", "@", "^", "$", "`", "'", ".", "..", "...", ".~", ".%", ".<", ".%<.", ".+(", ":", "::", ":=",
        ":>",
        ";", ";;", ",", "\u{E9}", "\u{0}", "\u{FEFF}", "land", "mod", "lsl", "or", "constraint", "initializer",
        "exception",
        "yexception", "tnitializer", "xfunction", "#!", "\u{D7}",
    ]
}

/// Numbers that look random and are the same in every run.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A number from 0 up to, without, `limit`.
    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(limit, 1)))
    }
}

extension OCamlSources {
    /// Pieces that mean something to camlp4's lexer alone.
    static let oddCamlp4Pieces: [String] = [
        "<<", "<< a >>", "<<>>", "<<<", "<<->", "<<-", "<<$", ">>", ">>>", "<:", "<:x<", "<:x< a >>",
        "<:x.y@l< << b >> >>",
        "<:x@", "<@l< c >>", "<@", "<@l", "<:=", "<< \"", "(* << *)", "(* << *) >> *)", "(* <<< >> *)", "(* <:x< >> *)",
        "(* <@ *)", "( << )", "(<<)", "( <<", "(<:x<", "( + )", "( * )", "(+)", "(|)", "(|", "|)", "|}", "{|", "{:",
        ":}",
        ":)", ":]", "[:", "(@", "@)", "@]", "[&", "%}", "^)", "{%", "[<<", "[|<", "[:<", "]@[", ")@(", ")%)", "(%((",
        ">|]",
        ">.}", "\\+", "\\x", "# 1 x", "#1\n", "# 12 zz\n", "#x", "(.)", "(:)", "(::)", "( := )", "(..)", "(\\)", "$x$",
        "\u{E9}\u{E9}'\"'", "x#y", "[>", "1L", "1n", "'A'", "'\n", "(* ''' *)", "<", "<@x@<",
    ]
}
