import Glibc

/// Runs work on a thread of its own with a stack as large as asked for.
///
/// The parser goes as deep as brackets nest, and the stacks of concurrent tasks (512 KB) hold but the nesting that
/// people write, not what programs generate.
package enum LargeStack {
    /// Bytes: enough for tens of thousands of nested brackets; only what is used is ever given out.
    package static let defaultSize = 256 << 20

    /// Runs `body` to its end and answers what it answers. Where no such thread can be had, runs it here.
    package static func run<Result>(size: Int = defaultSize, _ body: () -> Result) -> Result {
        withoutActuallyEscaping(body) { body in
            let work = Work(body)
            var attributes = pthread_attr_t()
            guard unsafe pthread_attr_init(&attributes) == 0 else { return body() }
            defer { unsafe pthread_attr_destroy(&attributes) }
            guard unsafe pthread_attr_setstacksize(&attributes, size) == 0 else { return body() }
            var thread = pthread_t()
            let context = unsafe Unmanaged.passRetained(work as WorkBase)
            let status = unsafe pthread_create(
                &thread, &attributes,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<WorkBase>.fromOpaque(context).takeRetainedValue().perform()
                    return nil
                },
                context.toOpaque())
            guard status == 0 else {
                unsafe context.release()
                return body()
            }
            pthread_join(thread, nil)
            // The thread has ended, so its result is there; the alternative is never taken.
            return work.result ?? body()
        }
    }

    private class WorkBase {
        func perform() {}
    }

    private final class Work<Result>: WorkBase {
        private let body: () -> Result
        private(set) var result: Result?

        init(_ body: @escaping () -> Result) {
            self.body = body
        }

        override func perform() {
            result = body()
        }
    }
}
