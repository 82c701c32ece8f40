import OpamFormat
import Testing
import Text
import Workspace

/// Our opam parser against the official one: the same files accepted, the same trees, and every byte printed back.
@Suite struct OpamParserOracleTests {
    /// Files of our own: every oddity of the format, and what both must reject.
    @Test func corpus() async throws {
        var files: [(String, [UInt8])] = []
        for folder in ["universe", "universe-flat", "broken"] {
            let walker = try FileWalker(root: "\(Oracle.packageRoot)/corpus/\(folder)") { name in
                name == "opam" || name.hasSuffix(".opam")
            }
            for file in walker.files { files.append(("\(folder)/\(file.path)", try FileReader.read(file.location))) }
        }
        #expect(files.count >= 70)
        try await compare(files)
    }

    /// Every token left out of, or doubled in, files of the corpus: whatever comes out, both parsers say the same of it.
    @Test func mutations() async throws {
        let walker = try FileWalker(root: "\(Oracle.packageRoot)/corpus/universe") { $0 == "opam" }
        var mutants: [(String, [UInt8])] = []
        for file in walker.files.enumerated().filter({ $0.offset % 8 == 0 }).map(\.element) {
            let tree = OpamSyntaxTree(parsing: try FileReader.read(file.location))
            for (index, token) in tree.tokens.enumerated() where !token.kind.isTrivia {
                var without = tree.bytes
                without.removeSubrange(token.range.start..<token.range.end)
                mutants.append(("\(file.path) without token \(index)", without))
                var doubled = tree.bytes
                let text = [0x20] + tree.bytes[token.range.start..<token.range.end]
                doubled.insert(contentsOf: text, at: token.range.end)
                mutants.append(("\(file.path) with token \(index) twice", doubled))
            }
        }
        #expect(mutants.count > 1000)
        try await compare(mutants)
    }

    /// The opam files of the real repository, 2013 to 2026: one in `CARAVAN_SAMPLE` (40 unless told otherwise, 1 for all).
    @Test func history() async throws {
        let step = environmentVariable("CARAVAN_SAMPLE").flatMap(Int.init) ?? 40
        try await Oracle.withHistory("opam files of the real repository") { _, _, history in
            let git = Git(directory: history)
            let listing = try await git.output(["rev-list", "--all", "--objects"])
            let objects = Set(
                String(decoding: listing, as: UTF8.self).split(separator: "\n").compactMap { line -> String? in
                    let parts = line.split(separator: " ", maxSplits: 1)
                    return parts.count == 2 && parts[1].hasSuffix("/opam") ? String(parts[0]) : nil
                }
            ).sorted()
            let sample = objects.enumerated().filter { $0.offset % step == 0 }.map(\.element)
            #expect(objects.count > 100_000)
            let reader = OpamRepositoryReader(directory: history)
            for start in stride(from: 0, to: sample.count, by: 4000) {
                let names = Array(sample[start..<min(start + 4000, sample.count)])
                let contents = try await reader.read(blobs: names)
                try await compare(zip(names, contents).map { ($0, $1 ?? []) })
            }
        }
    }

    /// Asks both parsers about every file.
    private func compare(_ files: [(name: String, bytes: [UInt8])]) async throws {
        for (name, bytes) in files {
            #expect(OpamSyntaxTree(parsing: bytes).printed() == bytes, "\(name) does not print as it stands")
        }
        try await Oracle.withDirectory { directory in
            guard let dumper = try await Oracle.compile("opam_dump", package: "opam-file-format", into: directory)
            else {
                return
            }
            let input = files.flatMap { Array("\($0.bytes.count)\n".utf8) + $0.bytes }
            let answer = try await Oracle.run(dumper, [], input: input)
            try #require(answer.succeeded, "\(answer.errorText)")
            var rest = answer.output[...]
            for (name, bytes) in files {
                let end = try #require(rest.firstIndex(of: 0x0A))
                let size = try #require(Int(String(decoding: rest[..<end], as: UTF8.self)))
                let theirs = String(decoding: rest[(end + 1)..<(end + 1 + size)], as: UTF8.self)
                rest = rest[(end + size + 2)...]
                // Of a file that announces a later format than it knows, the official parser keeps the header only.
                if theirs.hasSuffix("section1:#{}") { continue }
                let tree = OpamSyntaxTree(parsing: bytes)
                // The one difference that we keep: nesting that would exhaust the stack is refused.
                if tree.errors.first?.message == OpamSyntaxTree.tooDeep { continue }
                let same = OpamTreeDump.line(tree) == theirs
                #expect(same, "\(name): \(tree.errors.first?.message ?? "another tree")")
            }
        }
    }
}

/// Our tree in the form in which `opam_dump.ml` writes the official one.
enum OpamTreeDump {
    static func line(_ tree: OpamSyntaxTree) -> String {
        guard tree.errors.isEmpty else { return "rejected" }
        var output: [UInt8] = []
        for item in tree.items { write(item, tree, &output) }
        return String(decoding: output, as: UTF8.self)
    }

    private static func write(_ item: OpamItem, _ tree: OpamSyntaxTree, _ output: inout [UInt8]) {
        switch item {
        case .field(let name, _, let value):
            write("field", Array(name.utf8), &output)
            write(value, tree, &output)
        case .section(let kind, let name, let items, _):
            write("section", Array(kind.utf8), &output)
            if let name { write("name", Array(name.utf8), &output) }
            output += "{".utf8
            for item in items { write(item, tree, &output) }
            output += "}".utf8
        }
    }

    private static func write(_ kind: String, _ text: [UInt8], _ output: inout [UInt8]) {
        output += "\(kind)\(text.count):".utf8
        output += text
    }

    private static func node(
        _ name: String, _ values: [OpamValue], _ tree: OpamSyntaxTree, _ output: inout [UInt8]
    ) {
        output += "(\(name)".utf8
        for value in values { write(value, tree, &output) }
        output += ")".utf8
    }

    private static func write(_ value: OpamValue, _ tree: OpamSyntaxTree, _ output: inout [UInt8]) {
        switch value.kind {
        case .bool: output += "b\(tree.text(of: value))".utf8
        case .int:
            let digits = tree.text(of: value).filter { $0 != "_" }
            output += "n\(Int(digits).map(String.init) ?? digits)".utf8
        case .string: write("s", tree.bytes(of: value), &output)
        case .ident: write("i", tree.bytes(of: value), &output)
        case .relop(let relop, let left, let right): node(relop.spelling, [left, right], tree, &output)
        case .prefixRelop(let relop, let operand): node("prefix\(relop.spelling)", [operand], tree, &output)
        case .and(let operands): chain("&", operands, tree, &output)
        case .or(let operands): chain("|", operands, tree, &output)
        case .not(let operand): node("!", [operand], tree, &output)
        case .defined(let operand): node("?", [operand], tree, &output)
        case .list(let values): node("list", values, tree, &output)
        case .group(let values): node("group", values, tree, &output)
        case .option(let base, let values): node("option", [base] + values, tree, &output)
        case .environmentBinding(let left, let update, let right):
            node(
                String(decoding: tree.bytes[update.start..<update.end], as: UTF8.self), [left, right], tree, &output)
        }
    }

    /// A chain as the official tree nests it, to the left.
    private static func chain(
        _ name: String, _ operands: [OpamValue], _ tree: OpamSyntaxTree, _ output: inout [UInt8]
    ) {
        for _ in operands.dropFirst() { output += "(\(name)".utf8 }
        for (index, operand) in operands.enumerated() {
            write(operand, tree, &output)
            if index > 0 { output += ")".utf8 }
        }
    }
}
