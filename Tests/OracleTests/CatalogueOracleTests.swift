import Catalogue
import Findings
import Testing
import Text
import Workspace

/// The catalogue against the facts that were collected beside the checkout: every entry is there under its names, and every
/// construct's example is found by a rule.
@Suite struct CatalogueOracleTests {
    private struct Entry {
        let id: String
        let names: [String]
        let constructs: [(name: String, example: String)]
    }

    /// Constructs whose example shows nothing that a rule could find, and why.
    private static let silent: [String: String] = [
        "js_of_ocaml.deriving/Json.to_string<t> / Json.from_string<t>": "not yet",
        "deriving/Show.show<t> e": "not yet",
        "camlp4-lexer/quoted string literal {id|...|id}": "the example has none: camlp4 cannot read them",
        "camlp4-lexer/<< as operator": "`<<<` is an operator for both",
        "camlp4-lexer/octal char escape": "the example has none: camlp4 cannot read them",
        "camlp4-lexer/# line directive anywhere in a line": "`o # 3` loses text without a sign of it",
        "camlp4-lexer/non-ASCII identifiers and BOM": "the same for both",
        "camlp4-lexer/dollar": "the same for both",
        "camlp4-grammar-relaxations/;; at start or doubled": "OCaml takes what camlp4 does not",
        "camlp4-grammar-relaxations/things only the stock parser knows": "OCaml takes what camlp4 does not",
        "camlp4-grammar-relaxations/-printer o is not a safe rewriter": "about a printer",
        "camlp4-macro/INCLUDE": "the example has none",
        "extunix-have/HAVE": "the example has none",
        "bisect/ignore comments": "a comment is no construct: bisect_ppx 1 reads it too",
        "custom_printf/!\"format\" as an argument": "the source stays as it is",
        "lwt.syntax.log/Lwt_log.<level>[_f] .. / ign_..": "the source stays as it is",
    ]

    @Test func everyEntryIsThere() throws {
        guard let entries = try entries() else { return }
        #expect(entries.count == 73)
        for entry in entries {
            let id = Self.ours(entry.id)
            let known = Catalogue.index.named(id)
            #expect(known != nil, "\(entry.id) is missing")
            for name in entry.names where known?.findlib.contains(name) == false {
                #expect(
                    Catalogue.index.findlib(name) != nil || !name.contains("syntax"),
                    "\(entry.id) is also called \(name)")
            }
        }
    }

    @Test func everyConstructIsFound() throws {
        guard let entries = try entries() else { return }
        var found = 0
        var total = 0
        for entry in entries {
            let id = Self.ours(entry.id)
            let on = Catalogue.index.closure(of: [id])
            for construct in entry.constructs {
                total += 1
                let key = "\(entry.id)/\(construct.name)"
                let scanner = SourceScanner(Catalogue.index, nil)
                guard
                    case .scanned(let file) = scanner.scan(
                        Array(construct.example.utf8), path: "a.ml", turnedOn: on)
                else {
                    Issue.record("\(key) is not scanned")
                    continue
                }
                if !file.findings.isEmpty { found += 1 }
                #expect(
                    !file.findings.isEmpty || Self.silent[key] != nil,
                    "\(key): \(file.findings.map(\.rule)) in\n\(construct.example)")
            }
        }
        #expect(total == 167)
        #expect(found >= total - Self.silent.count)
    }

    private static func ours(_ id: String) -> String {
        let named = ["core.syntax": "core", "lwt.syntax.log": "lwt.syntax.log"]
        if let name = named[id] { return name }
        return id.hasSuffix(".syntax") ? String(id.dropLast(7)) : id
    }

    private func entries() throws -> [Entry]? {
        guard let shared = Oracle.shared else {
            Oracle.skip("the collected facts on extensions", because: "there is no ../shared")
            return nil
        }
        return try ["jane-street-lwt-mirage-ocsigen", "other-extensions"].flatMap { name in
            let value = try JSONValue(parsing: try FileReader.read("\(shared)/catalogue/\(name).json"))
            return (value.array ?? []).map { entry in
                Entry(
                    id: entry["id"]?.string ?? "",
                    names: (entry["findlib"]?.strings ?? []).filter { !$0.contains(" ") },
                    constructs: (entry["constructs"]?.array ?? []).map { construct in
                        (construct["name"]?.string ?? "", construct["camlp4_example"]?.string ?? "")
                    })
            }
        }
    }
}
