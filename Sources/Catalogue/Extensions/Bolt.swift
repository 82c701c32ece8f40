import Findings
import OCamlSyntax
import Text

/// bolt: `LOG`.
extension Catalogue {
    static let bolt = SyntaxExtension(
        id: "bolt", title: "bolt: log statements", findlib: ["bolt.syntax"], archives: ["bolt_pp"], dialects: .bolt,
        implies: ["camlp4"], turnedOn: "-pp 'camlp4o bolt_pp.cmo -level TRACE -logger L'",
        replacement: Replacement(
            "vlt, which is Bolt with a ppx; or logs",
            [
                .from(TargetDate(2016, 1, 1), .library("logs")),
                .from(TargetDate(2023, 6, 30), .ppx("vlt.ppx", of: "vlt", from: "0.1")),
            ]),
        caveats: ["With -level NONE the whole statement is ()."],
        rules: [
            Rule(
                "bolt/log", "a log statement of bolt", at: [.logExpression],
                examples: [.reported("let f x = «LOG \"value %d\" x LEVEL DEBUG»; x"), .ordinary("let x = LOG")]
            ) { node in
                let message = node.child(.constant)?.text ?? "\"…\""
                let level = node.children.last { $0.kind == .name }?.text ?? "INFO"
                return Draft(
                    node, node.isWhole ? .likely : .possible,
                    .manual(
                        "write [%LOG [%\(level)] \(message) …] for vlt's ppx, or Logs.\(logsLevel(level)) (fun m -> m \(message) …)"
                    ))
            }
        ])

    private static func logsLevel(_ level: String) -> String {
        switch level {
        case "FATAL", "ERROR": "err"
        case "WARN": "warn"
        case "INFO": "info"
        default: "debug"
        }
    }
}
