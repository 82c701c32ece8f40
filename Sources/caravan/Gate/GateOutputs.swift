import ArgumentParser
import Reporting
import Workspace

/// Where the gate's report goes, in which formats.
enum GateOutputs {
    struct Writer: Sendable {
        let format: GateFormat
        /// Nil for standard output.
        let file: String?
    }

    /// Reads `sarif=FILE,github,…`. Text on standard output where nothing is asked for.
    static func parse(_ texts: [String]) throws -> [Writer] {
        let parts = texts.flatMap { $0.split(separator: ",").map(String.init) }
        if parts.isEmpty { return try parse(["text"]) }
        let writers = try parts.map { part in
            let name = part.prefix { $0 != "=" }
            guard let format = GateFormat.named(String(name)) else {
                let known = GateFormat.all.map(\.name).joined(separator: ", ")
                throw ValidationError("there is no format \(name); there are \(known)")
            }
            let file = part.dropFirst(name.count + 1)
            if part.contains("="), file.isEmpty { throw ValidationError("\(name)= wants a file") }
            return Writer(format: format, file: file.isEmpty ? nil : String(file))
        }
        if writers.count(where: { $0.file == nil }) > 1 {
            throw ValidationError("only one format can go to standard output: give the others a file, FORMAT=FILE")
        }
        return writers
    }

    /// Writes all of them. What a platform's limits leave out is told on standard error.
    static func write(_ report: GateReport, _ writers: [Writer]) throws {
        for writer in writers {
            let isText = writer.format.name == "text" && writer.file == nil
            let (bytes, omissions) =
                isText
                ? (GateText.write(report, colour: StandardStream.output.takesColour), [])
                : writer.format.write(report)
            if let file = writer.file {
                try AtomicFileWriter.write(bytes, to: file)
            } else {
                try StandardStream.output.write(bytes)
            }
            for omission in omissions { StandardStream.error.writeLine("caravan: warning: \(omission)") }
            if writer.format.name == "github" { try writeSummary(report) }
        }
    }

    /// GitHub gives each step a file for its summary, which steps append to.
    private static func writeSummary(_ report: GateReport) throws {
        guard let file = environmentVariable("GITHUB_STEP_SUMMARY"), !file.isEmpty else { return }
        let (bytes, omissions) = GitHubAnnotations.summary(report)
        let before = (try? FileReader.read(file)) ?? []
        try AtomicFileWriter.write(before + bytes, to: file)
        for omission in omissions { StandardStream.error.writeLine("caravan: warning: \(omission)") }
    }
}
