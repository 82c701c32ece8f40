import CCaDiCaL

/// The SAT solver CaDiCaL through its IPASIR interface.
///
/// Its search depends on nothing but the calls made, so answers repeat. The questions here are many and easy, one after
/// another over the same clauses, hence the options: what CaDiCaL does at the start of a question in the hope of a lucky
/// guess costs more than the question itself.
@safe package final class CaDiCaL: SatisfiabilitySolver {
    private let handle: OpaquePointer

    /// - Parameter prefersTrue: whether models make true what they can, rather than false: the one is good where a model
    ///   is to answer many questions at once, the other is quicker for a single one.
    package init(prefersTrue: Bool) {
        unsafe handle = ccadical_init()
        let options: [(String, Int32)] = [("quiet", 1), ("lucky", 0), ("walk", 0), ("phase", prefersTrue ? 1 : 0)]
        for (name, value) in options {
            unsafe ccadical_set_option(handle, name, value)
        }
    }

    deinit {
        unsafe ccadical_release(handle)
    }

    package func add(clause: [Int32]) {
        for literal in clause { unsafe ccadical_add(handle, literal) }
        unsafe ccadical_add(handle, 0)
    }

    package func solve(assuming assumptions: [Int32]) -> Bool {
        for literal in assumptions { unsafe ccadical_assume(handle, literal) }
        // 10 is satisfiable, 20 unsatisfiable; nothing sets a limit, so there is no third answer.
        return unsafe ccadical_solve(handle) == 10
    }

    package func value(of literal: Int32) -> Bool {
        unsafe ccadical_val(handle, literal) > 0
    }

    package func core(of assumptions: [Int32]) -> [Int32] {
        assumptions.filter { unsafe ccadical_failed(handle, $0) != 0 }
    }
}
