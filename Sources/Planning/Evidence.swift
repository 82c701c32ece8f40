/// What a statement about a package rests on, the surest first.
package enum Evidence: String, Sendable, Hashable, CaseIterable {
    /// Its sources were read.
    case sources
    /// Its opam file says so.
    case metadata
    /// It follows from the opam file and is not said there: that a tie which the build does not need can be dropped, or
    /// that a package which is tied through others only has nothing of its own to move. Whoever uses the syntax that a
    /// library ships beside its code looks like that too.
    case inferred
}
