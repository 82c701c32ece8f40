import ArgumentParser
import OCamlSyntax
import Text
import Workspace

/// `caravan tree`: the syntax tree of OCaml files, for people who debug.
struct Tree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the syntax tree of OCaml files.",
        discussion: """
            Prints a node a line, indented by depth, with its range in bytes, and for leaves the text. Without \
            --dialects a file is read as stock OCaml; if stock would not take it, with the dialects that its content \
            shows. What it shows is named behind `shown:`, each `certain` (stock does not take the file, the dialect \
            reads it without a fault), `likely` or `possible`; `mixed` says that it has camlp4 syntax and ppx syntax.
            """
    )

    @Argument(help: ArgumentHelp("Files: .ml, .mli, .eliom, .eliomi.", valueName: "file"))
    var files: [String]

    @Flag(help: "For each file print `file NAME`, then `KIND START END` (bytes) for every node.")
    var ranges = false

    @Flag(help: "For each file print only what stands in the way of reading it, as FILE:LINE:COLUMN: reason.")
    var problems = false

    @Option(
        help: ArgumentHelp(
            "What the files are written in, joined by commas: stock, or any of \(Dialects.names.joined(separator: ", ")).",
            valueName: "dialects"))
    var dialects: String?

    func validate() throws {
        guard let dialects else { return }
        for name in dialects.split(separator: ",") where Dialects(name: String(name)) == nil && name != "stock" {
            throw ValidationError("no dialect is called \(name)")
        }
    }

    func run() async throws {
        var output = OutputBuffer()
        for file in files {
            let bytes = try FileReader.read(file)
            let (tree, shown) = LargeStack.run { parse(bytes, interface: file.hasSuffix("i")) }
            if problems {
                writeProblems(tree, shown, of: file, to: &output)
            } else if ranges {
                writeRanges(tree, of: file, to: &output)
            } else {
                writeTree(tree, shown, of: file, to: &output)
            }
            try output.flush(above: 1 << 16)
        }
        try output.flush(above: 0)
    }

    /// The tree, and where the content was asked what the file is written in, what it shows.
    private func parse(_ bytes: [UInt8], interface: Bool) -> (SyntaxTree, String) {
        let stack = LargeStack.defaultSize / 4 * 3
        if let dialects {
            let chosen = dialects.split(separator: ",").reduce(into: Dialects()) {
                $0.formUnion(Dialects(name: String($1)) ?? [])
            }
            return (Syntax.tree(bytes, interface: interface, dialects: chosen, stackBudget: stack), "")
        }
        let reading = Syntax.reading(bytes, interface: interface, stackBudget: stack)
        let shown = reading.shown.map { "\($0.dialect.description) \($0.confidence)" }
        var text = shown.isEmpty ? "" : " shown: \(shown.joined(separator: ", "))"
        if reading.isMixed { text += " mixed" }
        return (reading.tree, text)
    }

    private func writeRanges(_ tree: SyntaxTree, of file: String, to output: inout OutputBuffer) {
        output.write("file \(file)\n")
        for node in 0..<tree.count {
            let range = tree.range(node)
            output.write("\(tree.kind(node)) \(range.start) \(range.end)\n")
            if let other = tree.rangeOfOCaml(node) {
                output.write("\(tree.kind(node)) \(other.start) \(other.end)\n")
            }
        }
    }

    /// A line on the file, then one for each error of its grammar or its tokens.
    private func writeProblems(_ tree: SyntaxTree, _ shown: String, of file: String, to output: inout OutputBuffer) {
        let dialects = tree.dialects.isEmpty ? "stock" : tree.dialects.description
        output.write("file \(file) problems: \(tree.problems) dialects: \(dialects)\(shown)\n")
        let lines = LineTable(tree.tokens.bytes)
        let lexical = tree.tokens.errors.map { SyntaxError(token: $0, reason: "\(tree.tokens.kind($0))") }
        for error in (tree.errors + lexical).sorted(by: { $0.token < $1.token }) {
            let place = lines.position(of: tree.tokens.start(error.token))
            output.write("\(file):\(place.line):\(place.column): \(error.reason)\n")
        }
    }

    private func writeTree(_ tree: SyntaxTree, _ shown: String, of file: String, to output: inout OutputBuffer) {
        let dialects = tree.dialects.isEmpty ? "stock" : tree.dialects.description
        output.write("file \(file) dialects: \(dialects)\(shown)\n")
        var open: [Int] = []
        for node in 0..<tree.count {
            while let last = open.last, last <= node { open.removeLast() }
            let range = tree.range(node)
            let subtree = tree.subtree(node)
            var line =
                "\(String(repeating: "  ", count: min(open.count, 100)))\(tree.kind(node)) \(range.start)..\(range.end)"
            if subtree.count == 1, range.count <= 60 {
                line +=
                    " \(String(decoding: tree.tokens.bytes[range.start..<range.end], as: UTF8.self).debugDescription)"
            }
            output.write(line + "\n")
            open.append(subtree.upperBound)
        }
        let lines = LineTable(tree.tokens.bytes)
        for error in tree.errors {
            let place = lines.position(of: tree.tokens.start(error.token))
            output.write("error \(place.line):\(place.column): \(error.reason)\n")
        }
    }
}

/// Text on its way to stdout, written in pieces of some size.
private struct OutputBuffer {
    private var text = ""

    mutating func write(_ piece: String) {
        text += piece
    }

    mutating func flush(above limit: Int) throws(FileError) {
        guard text.utf8.count > limit else { return }
        try StandardStream.output.write(Array(text.utf8))
        text = ""
    }
}
