/// Whether a text has to go through cppo before OCaml can read it.
package enum CppoUse {
    package static func isCalled(for bytes: [UInt8]) -> Bool {
        if case .plain = CppoLines.read(bytes) { false } else { true }
    }
}
