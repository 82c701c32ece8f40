package import Planning

extension Status {
    /// A sign that tells the status without colour, from the blocks of Unicode that every font has.
    package var glyph: String {
        switch self {
        case .free: "✓"
        case .declaredOnly: "−"
        case .ready: "▶"
        case .blocked: "■"
        case .together: "⇄"
        case .noReplacement: "✕"
        case .optional: "◇"
        case .unreleased: "△"
        case .legacy: "○"
        case .notInstallable: "/"
        case .unknown: "?"
        }
    }
}
