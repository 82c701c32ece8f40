import Catalogue
import Findings
import Rewriting
import Workspace

/// Asks the OCaml tools that are installed about converted sources: the compiler's own parser, after cppo where there are
/// lines for it; the ppx rewriters that the conversion calls for; and, where camlp4 and the extensions are installed too, whether
/// the types that the compiler infers are the same before and after.
///
/// What a tool refuses is not converted, and told.
struct Verification: Sendable {
    /// What was asked, and how often.
    struct Counts: Sendable {
        var parsed = 0
        var expanded = 0
        var typed = 0
        var missing: Set<String> = []

        var line: String {
            var text =
                "verified: \(parsed) parsed by ocamlc, \(expanded) through ppx, \(typed) with the same types before and after"
            if !missing.isEmpty { text += "; not installed: " + missing.sorted().joined(separator: ", ") }
            return text
        }
    }

    private let target: TargetDate
    private let scratch: String

    /// - Parameter scratch: a directory to work in.
    private init(target: TargetDate, scratch: String) {
        self.target = target
        self.scratch = scratch
    }

    /// The files as they are after the check, in the same order.
    static func check(_ files: [RewrittenFile], target: TargetDate) async -> (files: [RewrittenFile], counts: Counts) {
        var counts = Counts()
        guard await has("ocamlc"), let made = try? await ProcessRunner.run("mktemp", ["-d"]), made.succeeded else {
            counts.missing.insert("ocamlc")
            return (files, counts)
        }
        let scratch = made.outputText.split(separator: "\n").first.map(String.init) ?? ""
        let verification = Verification(target: target, scratch: scratch)
        var checked: [RewrittenFile] = []
        for file in files {
            let isSource = SourceLanguage.isSource(fileName: file.path)
            guard file.isChanged, file.isAccepted, isSource, SourceLanguage.of(path: file.path) == .ocaml else {
                checked.append(file)
                continue
            }
            let objection = await verification.objection(to: file, &counts)
            checked.append(objection.map { file.refused($0.rule, $0.reason) } ?? file)
        }
        _ = try? await ProcessRunner.run("rm", ["-rf", scratch])
        return (checked, counts)
    }

    private static func has(_ program: String) async -> Bool {
        let answer = try? await ProcessRunner.run("sh", ["-c", "command -v \"$1\"", "sh", program])
        return answer?.succeeded ?? false
    }

    private struct Objection {
        let rule: String
        let reason: String
    }

    private func objection(to file: RewrittenFile, _ counts: inout Counts) async -> Objection? {
        guard let after = await prepared(file.after, file.path, &counts) else { return nil }
        let parse = await run("ocamlc", ["-stop-after", "parsing", "-w", "-a", after])
        if let words = parse.refusal { return Objection(rule: "ocaml/parser", reason: "ocamlc says: \(words)") }
        counts.parsed += 1
        let (before, ppx) = await packages(of: file)
        guard let ppx, await Self.has("ocamlfind") else { return nil }
        let packages = ppx.isEmpty ? [] : ["-package", ppx.joined(separator: ",")]
        let expansion = await run("ocamlfind", ["ocamlc"] + packages + ["-stop-after", "parsing", "-w", "-a", after])
        if let words = expansion.refusal { return Objection(rule: "ocaml/ppx", reason: "the ppx says: \(words)") }
        counts.expanded += 1
        guard let before else { return nil }
        return await types(file, before, after, packages, &counts)
    }

    /// The inferred interface, before and after; what cannot be typed by itself, before, cannot be compared.
    private func types(
        _ file: RewrittenFile, _ syntax: [String], _ after: String, _ packages: [String], _ counts: inout Counts
    ) async -> Objection? {
        let old = "\(scratch)/old/\(Self.name(file.path))"
        guard (try? await ProcessRunner.run("mkdir", ["-p", "\(scratch)/old"])) != nil,
            (try? AtomicFileWriter.write(file.before, to: old)) != nil
        else { return nil }
        let options = [
            "ocamlc", "-syntax", "camlp4o", "-package", syntax.joined(separator: ","), "-w", "-a", "-i", old,
        ]
        guard case .answered(let interfaceBefore) = await run("ocamlfind", options) else { return nil }
        switch await run("ocamlfind", ["ocamlc"] + packages + ["-w", "-a", "-i", after]) {
        case .answered(let interfaceAfter) where interfaceAfter == interfaceBefore: counts.typed += 1
        case .answered: return Objection(rule: "ocaml/types", reason: "ocamlc -i prints other types than before")
        case .refused(let words): return Objection(rule: "ocaml/types", reason: "ocamlc -i says: \(words)")
        case .failed: break
        }
        return nil
    }

    // MARK: What to ask with

    /// The converted file in the scratch directory, after cppo where it has lines for it; nil where cppo is not installed.
    private func prepared(_ bytes: [UInt8], _ path: String, _ counts: inout Counts) async -> String? {
        let file = "\(scratch)/\(Self.name(path))"
        var bytes = bytes
        if CppoUse.isCalled(for: bytes) {
            guard await Self.has("cppo") else {
                counts.missing.insert("cppo")
                return nil
            }
            let answer = try? await ProcessRunner.run("cppo", ["-V", "OCAML:4.02.3"], input: bytes)
            guard let answer, answer.succeeded else { return nil }
            bytes = answer.output
        }
        return (try? AtomicFileWriter.write(bytes, to: file)) == nil ? nil : file
    }

    /// The compiler goes by suffixes.
    private static func name(_ path: String) -> String {
        SourceLanguage.isInterface(path: path) ? "source.mli" : "source.ml"
    }

    /// The camlp4 packages of a file before, where all are installed, and the ppx that it wants after, where all are installed.
    private func packages(of file: RewrittenFile) async -> (before: [String]?, after: [String]?) {
        guard case .scanned(let scanned) = SourceScanner(Catalogue.index, nil).scan(file.before, path: file.path) else {
            return (nil, nil)
        }
        let entries = scanned.extensions.compactMap(Catalogue.index.named)
        var (syntax, ppx): ([String]?, [String]?) = ([], [])
        for entry in entries {
            if let name = entry.findlib.first { syntax = await isInstalled(name) ? syntax.map { $0 + [name] } : nil }
            for package in entry.replacement.step(on: target)?.packages ?? [] where package.role == .ppx {
                guard let name = package.findlib else { continue }
                ppx = await isInstalled(name) ? ppx.map { $0.contains(name) ? $0 : $0 + [name] } : nil
            }
        }
        return (syntax, ppx)
    }

    private func isInstalled(_ package: String) async -> Bool {
        (try? await ProcessRunner.run("ocamlfind", ["query", package]))?.succeeded ?? false
    }

    // MARK: Answers

    private enum Answer {
        case answered([UInt8])
        case refused(String)
        /// The program could not be run.
        case failed

        var refusal: String? { if case .refused(let words) = self { words } else { nil } }
    }

    private func run(_ program: String, _ arguments: [String]) async -> Answer {
        guard let answer = try? await ProcessRunner.run(program, arguments, environment: [("LC_ALL", "C")]) else {
            return .failed
        }
        if answer.succeeded { return .answered(answer.output) }
        let words = answer.errorText.split(separator: "\n").filter { !$0.hasPrefix("findlib: [WARNING]") }
        let place = words.first { $0.hasPrefix("File ") }.map { $0.drop { $0 != "," }.dropFirst(2) } ?? ""
        let error = words.first { $0.hasPrefix("Error") } ?? words.last ?? "no reason given"
        return .refused("\(place) \(error)".trimmingPrefix(" ").description)
    }
}
