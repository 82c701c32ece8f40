import ArgumentParser
import Catalogue
import Database
import Findings
import Gate
import Reporting
import Workspace

/// `caravan explain`: what the catalogue knows of an extension or a rule, and the handbook made of all of it.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a syntax extension or a rule: what it is, before and after, what replaces it when.",
        discussion: """
            ID is an extension's (lwt), a rule's (lwt/let), or a name under which an extension occurs: a findlib \
            package (lwt.syntax), an opam package, an archive, a quotation, a generator, a keyword. Without ID all \
            extensions are listed. `configuration` explains \(Configuration.fileName). What the examples become is worked out for --target, as `caravan rewrite` would.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @Argument(help: ArgumentHelp("An extension, a rule, or a name of an extension.", valueName: "id"))
    var id: String?

    @OptionGroup(title: "What suggestions aim at") var aims: AimOptions

    @Option(help: "text, json or markdown.")
    var format = Format.text

    @Flag(
        help: ArgumentHelp(
            "Write the handbook: a page on every extension and on plan's database, and README.md with the list, into the "
                + "directory --output."))
    var handbook = false

    @Option(help: ArgumentHelp("Write to this file, or with --handbook into this directory.", valueName: "path"))
    var output: String?

    func validate() throws {
        guard handbook else { return }
        if output == nil { throw ValidationError("--handbook wants --output DIRECTORY") }
        if id != nil { throw ValidationError("--handbook has all extensions: leave \(id ?? "") out") }
    }

    func run() async throws {
        if handbook { return try writeHandbook(output ?? ".") }
        let bytes = try answer()
        if let output {
            try AtomicFileWriter.write(bytes, to: output)
        } else {
            try StandardStream.output.write(bytes)
        }
    }

    private func answer() throws -> [UInt8] {
        let day = aims.aim.target
        guard let id else {
            return switch format {
            case .text: Array(ExplanationText.list(Catalogue.all, on: day).utf8)
            case .json: ExplanationJSON.list(Catalogue.all, on: day)
            case .markdown: Array(ExplanationMarkdown.list(Catalogue.all, on: day, linked: false).utf8)
            }
        }
        let search = NameSearch(Catalogue.index)
        if ConfigurationGuide.names.contains(id) { return Array(ConfigurationGuide.text.utf8) }
        if let rule = GateRule.all.first(where: { $0.id == id }) {
            return Array("\(rule.id)\n\n\(rule.explanation)\n".utf8)
        }
        guard let found = search.find(id) else {
            let nearest = search.suggestions(for: id)
            let hint =
                nearest.isEmpty
                ? "`caravan explain` lists what there is" : "did you mean \(nearest.joined(separator: ", "))?"
            StandardStream.error.writeLine("caravan: nothing is called \(id): \(hint)")
            throw ExitStatus.reportedError
        }
        let page = ExtensionPage(found.entry, Catalogue.index, aim: aims.aim, only: found.rule)
        return switch format {
        case .text: Array(ExplanationText.page(page).utf8)
        case .json: ExplanationJSON.page(page)
        case .markdown: Array(ExplanationMarkdown.page(page).utf8)
        }
    }

    private func writeHandbook(_ directory: String) throws {
        try DirectoryMaker.make(directory)
        let aim = aims.aim
        let list = ExplanationMarkdown.list(Catalogue.all, on: aim.target, linked: true)
        let database =
            "\nBeside them: [the database that `caravan plan --database` writes](database.md), with example queries.\n"
        try AtomicFileWriter.write(Array((list + database).utf8), to: "\(directory)/README.md")
        try AtomicFileWriter.write(Array(DatabasePage.markdown.utf8), to: "\(directory)/database.md")
        for entry in Catalogue.all {
            let page = ExplanationMarkdown.page(ExtensionPage(entry, Catalogue.index, aim: aim))
            try AtomicFileWriter.write(Array(page.utf8), to: "\(directory)/\(entry.id).md")
        }
    }
}
