import BuildFiles
import OCamlSyntax
import Text

/// Finds what documents and comments still show of camlp4: code in its syntax, names of its packages and programs.
///
/// Code is what a document marks as such: fenced and indented blocks of Markdown, `{[ … ]}` of ocamldoc, `verbatim` of
/// LaTeX, `<pre>` of HTML, blocks between `----` of AsciiDoc; in a line what stands between backticks or, in comments, between
/// brackets. Pieces that only their words would give away, in running text, are no findings: `lwt` is also the
/// name of a library. What was changed long ago (CHANGES, NEWS, a sentence about the past) may tell of camlp4 as it likes.
package struct DocumentScanner: Sendable {
    /// What a scan says of one document, or of the comments of one source.
    package struct Result: Sendable {
        package let path: String
        /// `document` or `comment`.
        package let kind: String
        package let findings: [Finding]
    }

    private let index: ExtensionIndex
    private let scanner: SourceScanner
    private let phrases: DocumentPhrases

    package init(_ index: ExtensionIndex, aim: Aim = Aim()) {
        self.index = index
        phrases = DocumentPhrases(index)
        scanner = SourceScanner(index, nil, aim: aim)
    }

    /// Whether a file of this name is a document that people read to learn how the package is used now.
    package static func takes(fileName name: String) -> Bool {
        let lower = name.lowercased()
        if ["changes", "changelog", "news", "history", "license", "copying"].contains(where: { lower.hasPrefix($0) }) {
            return false
        }
        let names = ["readme", "install", "hacking", "contributing", "tutorial", "manual"]
        if names.contains(where: { lower.hasPrefix($0) }) { return !SourceLanguage.isSource(fileName: name) }
        return suffixes.contains { lower.hasSuffix($0) }
    }

    private static let suffixes = [
        ".md", ".markdown", ".mld", ".rst", ".org", ".adoc", ".asciidoc", ".tex", ".etex", ".wiki", ".html", ".intro",
    ]

    package func scan(document bytes: [UInt8], path: String) -> Result {
        let whole = ByteRange(0, bytes.count)
        let lower = path.lowercased()
        let isAscii = [".adoc", ".asciidoc", ".asc"].contains { lower.hasSuffix($0) }
        let marks = Marks(
            blocks: isAscii ? [Self.codeOfDocuments, Self.codeOfAsciiDoc] : [Self.codeOfDocuments],
            inLine: lower.hasSuffix(".mld") ? Self.bracketed : Self.quoted)
        return Result(path: path, kind: "document", findings: findings(in: [whole], marks, bytes, path))
    }

    /// The comments of a source, and what at its head or in a toplevel script turns camlp4 on.
    package func scan(source bytes: [UInt8], path: String) -> Result {
        let tokens = Lexer.tokenize(bytes, rules: .stock)
        let comments = (0..<tokens.count).filter {
            tokens.kind($0) == .comment || tokens.kind($0) == .documentationComment
        }.map(tokens.range)
        let marks = Marks(blocks: [Self.codeOfComments], inLine: Self.bracketed)
        var found = findings(in: comments, marks, bytes, path)
        let lines = LineTable(bytes)
        for match in Self.directive.matches(in: bytes) {
            guard let whole = match[0] else { continue }
            let words = bytes.words(in: whole) { $0.isPackageNameByte }.map(bytes.text)
            let names = words.compactMap { extensionOfWord($0) }
            guard let id = names.first(where: { $0 != "camlp4" }) ?? names.first else { continue }
            found.append(
                finding(
                    rule: "\(id)/directive", id, whole, "turns camlp4 on in a script or at the head of a file",
                    "take it out, or #require the ppx that replaces it", bytes, lines, path))
        }
        found.sort { $0.range < $1.range }
        // A comment at the head is a directive and a text that names camlp4: once is enough.
        let directives = found.filter { $0.rule.hasSuffix("/directive") }.map(\.range)
        found.removeAll { finding in
            !finding.rule.hasSuffix("/directive") && directives.contains { $0.contains(finding.range) }
        }
        assign(&found)
        return Result(path: path, kind: "comment", findings: found)
    }

    /// `(*pp camlp4orf *)` as OCamlMakefile reads it, `#camlp4o`, `#load "camlp4o.cma"`, `#require "lwt.syntax"`.
    private static let directive = Pattern(
        ##"^ (?: \(\* \s* pp \b [^\n*]* \*\) | [ \t]* \# [ \t]* (?: camlp4\w* | (?: load | require ) [ \t]* "[^"\n]*" ) )"##
    )

    // MARK: one text

    /// What marks code in a text; the first group that took part is the code.
    private struct Marks {
        let blocks: [Pattern]
        let inLine: Pattern
    }

    private func findings(in texts: [ByteRange], _ marks: Marks, _ bytes: [UInt8], _ path: String) -> [Finding] {
        let lines = LineTable(bytes)
        var found: [Finding] = []
        for text in texts {
            let part = Array(bytes[text.start..<min(text.end, bytes.count)])
            let pieces = marks.blocks.flatMap { self.pieces($0, of: part, at: text.start) }
            let short = self.pieces(marks.inLine, of: part, at: text.start).filter { short in
                !pieces.contains { $0.contains(short) }
            }
            var inCode: [ByteRange] = []
            for piece in pieces {
                for finding in code(piece, bytes, lines, path) {
                    found.append(finding)
                    inCode.append(finding.range)
                }
            }
            for piece in short {
                let read = code(piece, bytes, lines, path)
                found += read
                inCode += read.map(\.range)
                guard read.isEmpty, let syntax = phrases.syntax(in: piece, bytes) else { continue }
                if DocumentPhrases.isOfPast(syntax.range, in: text, bytes) { continue }
                found.append(
                    finding(
                        rule: "\(syntax.id)/document", syntax.id, syntax.range,
                        "a text still shows \(bytes.text(syntax.range))",
                        "instead: \(index.named(syntax.id)?.replacement.summary ?? "ppx rewriters")", bytes, lines, path
                    ))
                inCode.append(syntax.range)
            }
            for word in words(in: text, bytes) where !inCode.contains(where: { $0.contains(word.range) }) {
                let isCode = pieces.contains { $0.contains(word.range) }
                if !isCode, DocumentPhrases.isOfPast(word.range, in: text, bytes) { continue }
                found.append(
                    finding(
                        rule: "\(word.id)/document", word.id, word.range,
                        "a text still names \(bytes.text(word.range))",
                        "instead: \(index.named(word.id)?.replacement.summary ?? "ppx rewriters")", bytes, lines, path))
            }
        }
        found.sort { $0.range < $1.range }
        assign(&found)
        return found
    }

    /// The code that a pattern finds in a part of a text, by place in the text.
    private func pieces(_ pattern: Pattern, of part: [UInt8], at start: Int) -> [ByteRange] {
        pattern.matches(in: part).compactMap { match in
            match.dropFirst().compactMap { $0 }.first.map { ByteRange($0.start + start, $0.end + start) }
        }
    }

    /// What the rules find in a piece of code, where its places are those of the text.
    private func code(_ piece: ByteRange, _ bytes: [UInt8], _ lines: LineTable, _ path: String) -> [Finding] {
        let code = Array(bytes[piece.start..<min(piece.end, bytes.count)])
        guard case .scanned(let file) = scanner.scan(code, path: "example.ml") else { return [] }
        return file.findings.filter { isShown($0, in: code) }.map { found in
            let range = ByteRange(found.start.offset + piece.start, found.end.offset + piece.start)
            return finding(
                rule: found.rule, found.extension, range, "a text still shows \(found.message)",
                found.fix.notes.first ?? "write it as `caravan explain \(found.rule)` shows", bytes, lines, path)
        }
    }

    /// Code of documents is in any language: what only OCaml's refusal would give away tells nothing, and `# let` is a toplevel's
    /// prompt.
    private func isShown(_ found: Finding, in code: [UInt8]) -> Bool {
        if index.named(found.extension)?.hasNoSigns == true { return false }
        let isPrompt = code.at(found.start.offset) == UInt8(ascii: "#") && code.at(found.start.offset + 1) == 0x20
        return !isPrompt
    }

    /// Between backticks, as Markdown, AsciiDoc and reStructuredText have it, and between tags.
    private static let quoted = Pattern(
        #"(?<!`) ``? ( [^`\n]+ ) ``? (?!`) | <(?:code|tt)> ( [^<\n]+ ) </(?:code|tt)>"#)

    /// Between brackets, as ocamldoc has it.
    private static let bracketed = Pattern(#"(?<![{\[%@]) \[ ( [^\[\]\n]+ ) \] (?!\})"#)

    private static let codeOfAsciiDoc = Pattern(
        #"^ -{4,} [ \t]* \r?\n ( (?: (?! -{4} ) [^\n]* \n )+ ) | ^ \.{4,} [ \t]* \r?\n ( (?: (?! \.{4} ) [^\n]* \n )+ )"#
    )

    private static let codeOfComments = Pattern(##"\{\[ ( (?: [^\]] | \](?!\}) )+ ) \]\}"##)

    private static let codeOfDocuments = Pattern(
        ##"""
        ^ [ ]{0,3} (?: ```|~~~ ) [ \t]* (?: ocaml | ml | \{[^}\n]*\} )? [ \t]* \r? \n ( (?: (?! [ ]{0,3} (?: ```|~~~ ) ) [^\n]* \n )+ )
        | \{\[ ( (?: [^\]] | \](?!\}) )+ ) \]\}
        | \\begin\{(?:verbatim|lstlisting|ocaml)\} ( (?: [^\\] | \\(?!end\{) )+ ) \\end
        | <pre[^>]*> (?: <code[^>]*> )? ( [^<]+ )
        | ( (?: ^ (?: [ ]{4} | \t ) [^\n]* \S [^\n]* (?: \n | \z ) (?: [ \t]* \n (?= [ ]{4} | \t ) )* )+ )
        """##)

    private func words(in text: ByteRange, _ bytes: [UInt8]) -> [(range: ByteRange, id: String)] {
        bytes.words(in: text) { $0.isPackageNameByte || $0 == UInt8(ascii: "/") }.compactMap { word in
            // An address is no use of what it names.
            var end = word.end
            while end > word.start, bytes.at(end - 1) == UInt8(ascii: ".") { end -= 1 }
            let name = bytes.text(ByteRange(word.start, end))
            guard !name.contains("/"), let id = extensionOfWord(name) else { return nil }
            return (ByteRange(word.start, end), id)
        }
    }

    /// The extension that a word can name only: words of ordinary English (`format`, `enumerate`) tell nothing.
    private func extensionOfWord(_ word: String) -> String? {
        if let entry = index.findlib(word), word.contains(".") || word.contains("_") { return entry.id }
        if word.hasPrefix("pa_"), let entry = index.archive(word) { return entry.id }
        if word.contains("_"), let entry = index.opam(word) { return entry.id }
        if camlp4Program(in: word) == word || word.hasPrefix("camlp4o.") { return "camlp4" }
        return word.hasSuffix(".syntax") ? "camlp4" : nil
    }

    private func finding(
        rule: String, _ id: String, _ range: ByteRange, _ message: String, _ advice: String, _ bytes: [UInt8],
        _ lines: LineTable, _ path: String
    ) -> Finding {
        let start = lines.position(of: range.start)
        let line = lines.range(ofLine: start.line, in: bytes) ?? ByteRange(0, 0)
        return Finding(
            rule: rule, extension: id, path: path, start: start, end: lines.position(of: range.end), message: message,
            fix: .manual(advice), sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
    }

    private func assign(_ findings: inout [Finding]) {
        Fingerprint.assign(to: &findings, surroundings: findings.map { Fingerprint.normalised($0.sourceLine) })
    }
}
