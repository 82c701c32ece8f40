import Findings
import OCamlSyntax
import Text

/// Lwt_log's extension: log statements that are not evaluated while their level is off.
extension Catalogue {
    static let lwtLog = SyntaxExtension(
        id: "lwt.syntax.log", title: "Lwt_log calls that cost nothing while their level is off",
        findlib: ["lwt.syntax.log"], archives: ["lwt-syntax-log"], implies: ["camlp4"],
        turnedOn: "package(lwt.syntax.log) with syntax(camlp4o): its name does not end in syntax",
        replacement: Replacement(
            "lwt_ppx with -log; later logs",
            [
                .from(
                    TargetDate(2014, 10, 12), .ppx("lwt.ppx", of: "lwt", from: "2.4.6", below: "4.0.0"),
                    note: "with the option -log"),
                .from(
                    TargetDate(2017, 12, 19), .ppx("lwt_ppx", from: "1.0.0", below: "2.0.0"), .library("lwt_log"),
                    until: TargetDate(2019, 12, 31), note: "with the option -log"),
                .from(
                    TargetDate(2019, 12, 31), .library("logs.lwt", of: "logs"),
                    note:
                        "nothing tests the level by itself any more: write Logs_lwt.debug (fun m -> m …), which is as lazy"
                ),
            ]),
        caveats: [
            "The source stays: Lwt_log.debug_f \"…\" x only lost its evaluation while the level was off, and gains it without the extension."
        ]
    )
}
