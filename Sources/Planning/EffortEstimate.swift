/// What there is to convert in a package whose sources nobody has read, by the extensions that its metadata names.
enum EffortEstimate {
    static func effort(of extensions: [String]) -> Effort {
        let parts = extensions.isEmpty ? [unknown] : extensions.map { medians[$0] ?? unknown }
        return Effort(
            constructs: parts.map(\.constructs).reduce(0, +), lines: parts.map(\.lines).reduce(0, +), isEstimated: true)
    }

    private static let unknown = (constructs: 20, lines: 25)

    private static let medians: [String: (constructs: Int, lines: Int)] = [:]
}
