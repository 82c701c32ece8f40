import Foundation
import Workspace

/// The tools that read build files in earnest, one a format, each asked whether it takes a file of a tree.
///
/// An answer is a set of complaints; a converted file must not have one that it did not have before.
enum BuildFileReaders {
    /// A tool and the files that are its.
    struct Reader: Sendable {
        let tool: String
        let takes: @Sendable (_ path: String) -> Bool
        /// What the tool finds wrong with the file at `path` of the tree at `root`; empty where it takes it.
        let complaints: @Sendable (_ root: String, _ path: String) async throws -> Set<String>
    }

    static let all = [opam, findlib, ocamlbuild, oasis, dune]

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// `opam lint`, by the numbers of its errors and warnings. Numbers 32 (`ocaml` instead of `ocaml-version`) and 58 (`with-test`
    /// instead of `test`) are asked of format 2 alone, though opam 2 says them of format 1.2 too, which has neither.
    private static let opam = Reader(
        tool: "opam", takes: { name($0) == "opam" || name($0).hasSuffix(".opam") }
    ) { root, path in
        let answer = try await Oracle.run("opam", ["lint", "\(root)/\(path)"])
        let lines = (answer.outputText + answer.errorText).split(separator: "\n").map(String.init)
        let complaints = lines.compactMap { line -> String? in
            guard line.contains("error ") || line.contains("warning ") || line.contains("fatal") else { return nil }
            return line.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let text = String(decoding: try FileReader.read("\(root)/\(path)"), as: UTF8.self)
        let isFormat2 = text.contains("opam-version: \"2")
        return Set(complaints).subtracting(isFormat2 ? [] : ["error 32", "warning 58"])
    }

    /// `ocamlfind query`, with the file as the META of a package of its own.
    private static let findlib = Reader(
        tool: "ocamlfind", takes: { name($0) == "META" || name($0) == "META.in" }
    ) { root, path in
        try await Oracle.withDirectory { directory in
            let folder = "\(directory)/readback"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try AtomicFileWriter.write(try FileReader.read("\(root)/\(path)"), to: "\(folder)/META")
            let answer = try await ProcessRunner.run(
                "ocamlfind", ["query", "-format", "%(requires)", "readback"],
                environment: [("OCAMLPATH", directory), ("LC_ALL", "C")])
            return answer.succeeded ? [] : ["ocamlfind does not read it"]
        }
    }

    /// `ocamlbuild -show-tags`, in a directory that holds nothing but the file.
    private static let ocamlbuild = Reader(tool: "ocamlbuild", takes: { name($0) == "_tags" }) { root, path in
        try await Oracle.withDirectory { directory in
            try AtomicFileWriter.write(try FileReader.read("\(root)/\(path)"), to: "\(directory)/_tags")
            let answer = try await Oracle.run(
                "ocamlbuild", ["-no-plugin", "-use-ocamlfind", "-show-tags", "a.ml"], in: directory)
            return answer.succeeded ? [] : ["ocamlbuild does not read it"]
        }
    }

    private static let oasis = Reader(tool: "oasis", takes: { name($0) == "_oasis" }) { root, path in
        let answer = try await Oracle.run("oasis", ["query", "-oasis", "\(root)/\(path)", "Name", "ListSections"])
        return answer.succeeded ? [] : ["oasis does not read it"]
    }

    /// dune reads the stanzas of a whole tree to say which libraries it needs; jbuild files are made dune files first, by
    /// `dune upgrade`. Each directory is asked about by itself, with a project around it.
    private static let dune = Reader(
        tool: "dune", takes: { ["dune", "jbuild"].contains(name($0)) }
    ) { root, path in
        try await Oracle.withDirectory { directory in
            let bytes = try FileReader.read("\(root)/\(path)")
            try AtomicFileWriter.write(bytes, to: "\(directory)/\(name(path))")
            // Stanzas with a public name need a package of that name.
            let text = String(decoding: bytes, as: UTF8.self)
            for name in packages(of: text) { try AtomicFileWriter.write([], to: "\(directory)/\(name).opam") }
            if name(path) == "jbuild" {
                let upgrade = try await Oracle.run("dune", ["upgrade", "--root", "."], in: directory)
                guard upgrade.succeeded else { return ["dune upgrade does not read it"] }
            } else if !FileManager.default.fileExists(atPath: "\(directory)/dune-project") {
                try AtomicFileWriter.write(Array("(lang dune 2.9)\n".utf8), to: "\(directory)/dune-project")
            }
            let answer = try await Oracle.run("dune", ["external-lib-deps", "--root", ".", "@all"], in: directory)
            // What stands in other files of the tree is not there: modules, libraries of its own.
            let faults = answer.errorText.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
            return Set(faults.map(String.init))
        }
    }

    /// The first parts of the public names in the text of a dune file.
    private static func packages(of text: String) -> [String] {
        var names: Set<String> = []
        for piece in text.components(separatedBy: "public_name").dropFirst() {
            let word = piece.drop { $0 == " " || $0 == "\n" }.prefix { !" )\n.".contains($0) }
            names.insert(String(word))
        }
        return names.filter { !$0.isEmpty && $0 != "s" }.sorted()
    }
}
