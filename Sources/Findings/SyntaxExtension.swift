package import OCamlSyntax

/// What Caravan knows of one syntax extension: its names, what turns it on, and the rules that find its constructs.
///
/// The catalogue has one such value a file; nothing else in the program knows an extension by name.
package struct SyntaxExtension: Sendable {
    /// Without `.syntax`: `lwt`, `sexplib`.
    package let id: String
    package let title: String
    /// The findlib packages that turn it on (`lwt.syntax`), with those that only their users need left out.
    package let findlib: [String]
    /// The opam packages that are nothing but this extension, so that depending on them brings camlp4 in.
    package let opam: [String]
    /// The file names of its archives without suffix, as they stand in a preprocessor's command line: `pa_lwt`.
    package let archives: [String]
    /// The grammar that it brings.
    package let dialects: Dialects
    /// Whether something of its grammar may stand in a file that stock OCaml takes and that has none of its words.
    package let hidesInStock: Bool
    /// The words and operators that show it in a file: keywords where it is on, and `##` and its like.
    package let keywords: [String]
    /// The operators to which it gives a meaning of its own where it is on; elsewhere they are anybody's.
    package let operators: [String]
    /// Those of its keywords that stand behind `let` to define something of the extension's: `let regexp digit = …`.
    package let definingWords: [String]
    /// The tags of its quotations: `<:sexp_of<`.
    package let quotations: [String]
    /// Its generators in `with` clauses of type_conv.
    package let generators: [String]
    /// Whether a file uses it in a way that its replacement takes as it stands, so that no rule has anything to report.
    package let isUsedSilently: (@Sendable (TokenList) -> Bool)?
    /// The ids of extensions that are on wherever it is.
    package let implies: [String]
    /// How builds turn it on, in prose.
    package let turnedOn: String
    /// What takes its place, and when.
    package let replacement: Replacement
    /// What to know before converting.
    package let caveats: [String]
    package let rules: [Rule]

    package init(
        id: String, title: String, findlib: [String] = [], opam: [String] = [], archives: [String] = [],
        dialects: Dialects = [], hidesInStock: Bool = false, keywords: [String] = [], operators: [String] = [],
        definingWords: [String] = [],
        quotations: [String] = [], generators: [String] = [],
        isUsedSilently: (@Sendable (TokenList) -> Bool)? = nil, implies: [String] = [],
        turnedOn: String = "", replacement: Replacement, caveats: [String] = [], rules: [Rule] = []
    ) {
        self.id = id
        self.title = title
        self.findlib = findlib
        self.opam = opam
        self.archives = archives
        self.dialects = dialects
        self.hidesInStock = hidesInStock
        self.keywords = keywords
        self.operators = operators
        self.definingWords = definingWords
        self.quotations = quotations
        self.generators = generators
        self.isUsedSilently = isUsedSilently
        self.implies = implies
        self.turnedOn = turnedOn
        self.replacement = replacement
        self.caveats = caveats
        self.rules = rules
    }
}

extension SyntaxExtension {
    /// Whether its constructs have no word, operator or quotation by which a glance at a file could tell that they are there.
    package var hasNoSigns: Bool {
        !rules.isEmpty && keywords.isEmpty && operators.isEmpty && quotations.isEmpty && generators.isEmpty
    }
}

/// All extensions, looked up by the names under which they occur.
package struct ExtensionIndex: Sendable {
    package let all: [SyntaxExtension]
    private let byID: [String: Int]
    private let byFindlib: [String: Int]
    private let byOpam: [String: Int]
    private let byArchive: [String: Int]
    private let byQuotation: [String: Int]
    private let byGenerator: [String: Int]

    package init(_ extensions: [SyntaxExtension]) {
        all = extensions
        func table(_ names: (SyntaxExtension) -> [String]) -> [String: Int] {
            var table: [String: Int] = [:]
            for (index, entry) in extensions.enumerated() {
                for name in names(entry) where table[name] == nil { table[name] = index }
            }
            return table
        }
        byID = table { [$0.id] }
        byFindlib = table(\.findlib)
        byOpam = table(\.opam)
        byArchive = table(\.archives)
        byQuotation = table(\.quotations)
        byGenerator = table(\.generators)
    }

    package func named(_ id: String) -> SyntaxExtension? { byID[id].map { all[$0] } }
    package func findlib(_ name: String) -> SyntaxExtension? { byFindlib[name].map { all[$0] } }
    package func opam(_ name: String) -> SyntaxExtension? { byOpam[name].map { all[$0] } }
    package func quotation(_ tag: String) -> SyntaxExtension? { byQuotation[tag].map { all[$0] } }
    package func generator(_ name: String) -> SyntaxExtension? { byGenerator[name].map { all[$0] } }

    /// The extension of an archive in a command line: `pa_lwt.cmo`, `+lwt/pa_lwt.cma`.
    package func archive(_ word: String) -> SyntaxExtension? {
        let name = word.split(separator: "/").last.map(String.init) ?? word
        guard let dot = name.firstIndex(of: ".") else { return byArchive[name].map { all[$0] } }
        return byArchive[String(name[..<dot])].map { all[$0] }
    }

    /// The ids with everything that they imply, sorted.
    package func closure(of ids: some Sequence<String>) -> [String] {
        var seen: Set<String> = []
        var pending = Array(ids)
        while let id = pending.popLast() {
            guard seen.insert(id).inserted else { continue }
            pending += named(id)?.implies ?? []
        }
        return seen.sorted()
    }
}
