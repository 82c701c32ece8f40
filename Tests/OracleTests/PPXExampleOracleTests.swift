import Catalogue
import Findings
import OCamlSyntax
import Testing
import Text
import Workspace

/// Every example of the catalogue that shows what is written instead, type-checked with the real ppx.
///
/// The examples use names that they do not define. Each stands in a functor whose argument has a value of every type under
/// each of these names, so all that is left to go wrong is what the example itself says.
@Suite struct PPXExampleOracleTests {
    /// Extensions that one ppx driver expands, and what their examples stand on.
    struct Family: Sendable, CustomTestStringConvertible {
        let name: String
        let extensions: [String]
        let rewriters: [String]
        let libraries: [String]
        let prelude: String
        /// Words in examples whose ppx or library Debian does not have.
        var absent: [String] = []

        var testDescription: String { name }
    }

    static let families = [
        Family(
            name: "lwt", extensions: ["lwt"], rewriters: ["lwt_ppx"], libraries: ["lwt", "lwt.unix"],
            prelude: "exception E of unit Lwt.t"),
        Family(
            name: "cstruct", extensions: ["cstruct"], rewriters: ["ppx_cstruct"], libraries: ["cstruct", "sexplib"],
            prelude: "open Sexplib.Std"),
        Family(
            name: "Jane Street",
            extensions: [
                "type_conv", "sexplib", "fieldslib", "variantslib", "comparelib", "herelib", "pipebang",
                "custom_printf",
            ],
            rewriters: [
                "ppx_sexp_conv", "ppx_compare", "ppx_fields_conv", "ppx_variants_conv", "ppx_here",
                "ppx_custom_printf",
            ],
            libraries: ["sexplib", "fieldslib", "variantslib", "ppx_here.runtime-lib"],
            prelude: """
                open Sexplib.Std
                let compare_int : int -> int -> int = compare
                let compare_list compare a b = List.compare compare a b
                """,
            absent: ["bin_io", "bin_read", "bin_write", "typerep", "enumerate", "rpc", "conv{"]),
        Family(
            name: "deriving", extensions: ["deriving"],
            rewriters: ["ppx_deriving.show", "ppx_deriving.eq", "js_of_ocaml-ppx_deriving_json"],
            libraries: ["js_of_ocaml.deriving", "ppx_deriving.runtime"], prelude: ""),
        Family(
            name: "js_of_ocaml", extensions: ["js_of_ocaml"], rewriters: ["js_of_ocaml-ppx"],
            libraries: ["js_of_ocaml"], prelude: "open Js_of_ocaml\ntype fields = { left : unit; x : unit }"),
    ]

    @Test(arguments: families) func everyRewrittenExampleCompiles(_ family: Family) async throws {
        let examples = Self.examples(of: family)
        #expect(examples.count > 3)
        try await Oracle.withDirectory { directory in
            guard let driver = try await PPXDriver.build(family.rewriters, in: directory) else { return }
            var files: [String] = []
            for (number, example) in examples.enumerated() {
                let file = "\(directory)/e\(number).ml"
                try AtomicFileWriter.write(Array(Self.unit(example, family.prelude).utf8), to: file)
                files.append(file)
            }
            let answer = try await Oracle.run(
                "ocamlfind",
                ["ocamlc", "-w", "-a", "-package", (family.libraries + family.rewriters).joined(separator: ",")]
                    + ["-predicates", "ppx_driver", "-ppx", "\(driver) --as-ppx", "-c"] + files, in: directory)
            #expect(answer.succeeded, "\(answer.errorText)")
        }
    }

    /// What the edits make of the examples.
    private static func examples(of family: Family) -> [String] {
        Catalogue.all.filter { family.extensions.contains($0.id) }.flatMap(\.rules).flatMap(\.examples).compactMap {
            guard case .rewritten(_, let text) = $0 else { return nil }
            return family.absent.contains { text.contains($0) } ? nil : text
        }
    }

    /// The example in a functor over the names in it.
    private static func unit(_ example: String, _ prelude: String) -> String {
        let tokens = Lexer.tokenize(Array(example.utf8), rules: .stock)
        var names: Set<String> = ["unit_value"]
        for place in 0..<tokens.count where tokens.kind(place) == .lowercaseIdentifier {
            names.insert(tokens.string(place))
        }
        let values = names.sorted().map { "  val \($0) : 'a" }.joined(separator: "\n")
        // Constructors and modules that examples use as they come.
        return """
            \(prelude)
            type u = int
            module Values (M : sig
            \(values)
              val ( >>= ) : 'a -> 'b -> 'c
              module M : sig
            \(values)
              end
            end) = struct
              open M
            \(example)
            end

            """
    }
}

/// ppx rewriters in one program, as dune makes it.
enum PPXDriver {
    /// The program's path; nil, told loudly, where a rewriter is not installed.
    static func build(_ rewriters: [String], in directory: String) async throws -> String? {
        let query = try? await Oracle.run("ocamlfind", ["query"] + rewriters)
        guard let query, query.succeeded else {
            Oracle.skip("ppx", because: "ocamlfind does not know all of \(rewriters.joined(separator: ", "))")
            return nil
        }
        let driver = "\(directory)/driver"
        let build = try await Oracle.run(
            "ocamlfind",
            [
                "ocamlopt", "-predicates", "ppx_driver", "-linkall", "-linkpkg", "-package",
                (rewriters + ["ppxlib.runner"]).joined(separator: ","), "-o", driver,
            ])
        try #require(build.succeeded, "\(build.errorText)")
        return driver
    }
}
