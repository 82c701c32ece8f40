import ArgumentParser
import Findings
import Gate

/// What suggestions aim at: the day whose ppx exist, and which of several ways to write something.
struct AimOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Suggest what existed on that day, YYYY-MM-DD (default: \(TargetDate.newest), the catalogue's newest).",
            valueName: "date"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "How Lwt's syntax is written: \(RewriteStyle.Lwt.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "style"))
    var lwtStyle: String?

    @Option(
        help: ArgumentHelp(
            "How conditionals are written: \(RewriteStyle.Conditionals.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "style"))
    var conditionalStyle: String?

    func validate() throws {
        if let target, TargetDate(target) == nil { throw ValidationError("--target takes a day, YYYY-MM-DD") }
        if let lwtStyle, RewriteStyle.Lwt(rawValue: lwtStyle) == nil {
            throw ValidationError("--lwt-style knows no \(lwtStyle)")
        }
        if let conditionalStyle, RewriteStyle.Conditionals(rawValue: conditionalStyle) == nil {
            throw ValidationError("--conditional-style knows no \(conditionalStyle)")
        }
    }

    var aim: Aim { aim(for: .unconfigured) }

    /// The configuration's day counts where the command line names none.
    func aim(for project: Project) -> Aim {
        var aim = Aim()
        if let date = project.configuration.target { aim.target = date }
        if let date = target.flatMap(TargetDate.init) { aim.target = date }
        if let lwt = lwtStyle.flatMap(RewriteStyle.Lwt.init) { aim.style.lwt = lwt }
        if let style = conditionalStyle.flatMap(RewriteStyle.Conditionals.init) { aim.style.conditionals = style }
        return aim
    }
}
