/// Whether a text has to go through cppo before OCaml can read it.
package enum CppoUse {
    package static func isCalled(for bytes: [UInt8]) -> Bool {
        if case .plain = CppoLines.read(bytes) { false } else { true }
    }

    /// Whether what OCaml does not take of it is a file that cppo is to take in, which nobody can see here.
    static func takesInUnseen(_ bytes: [UInt8]) -> Bool {
        guard case .obstacle(_, let reason) = CppoLines.read(bytes) else { return false }
        return reason == CppoLines.unseen
    }
}
