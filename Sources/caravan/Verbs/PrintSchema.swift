import ArgumentParser
import Reporting
import Workspace

/// `caravan schema`: the JSON Schemas of what the program prints.
struct PrintSchema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of document; without a name, list them."
    )

    @Argument(help: "history, plan, scan, stats or what-if.")
    var name: String?

    func validate() throws {
        if let name, !Schemas.all.contains(where: { $0.name == name }) {
            throw ValidationError(
                "there is no schema \(name); there are \(Schemas.all.map(\.name).joined(separator: ", "))")
        }
    }

    func run() throws {
        let chosen = Schemas.all.first { $0.name == name }
        try StandardStream.output.write(chosen?.text ?? Array(Schemas.all.map { $0.name + "\n" }.joined().utf8))
    }
}
