import Glibc
import Synchronization

/// Applies `transform` to every item on up to `jobs` threads; results stand in the order of the items, whatever the
/// number of jobs. The only place where work is spread.
package func parallelMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ transform: @escaping @Sendable (Item) -> Result
) async -> [Result] {
    let workers = max(1, min(jobs, items.count))
    if workers == 1 { return items.map(transform) }
    let next = Counter()
    let parts = await withTaskGroup(of: [(Int, Result)].self) { group in
        for _ in 0..<workers {
            group.addTask {
                var done: [(Int, Result)] = []
                // Items are taken one by one: their sizes differ by orders of magnitude.
                while let index = next.take(below: items.count) {
                    done.append((index, transform(items[index])))
                }
                return done
            }
        }
        var parts: [(Int, Result)] = []
        for await part in group { parts += part }
        return parts
    }
    return parts.sorted { $0.0 < $1.0 }.map(\.1)
}

/// How many jobs to run where nobody said: one a processor.
package func defaultJobs() -> Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func take(below limit: Int) -> Int? {
        let index = value.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < limit ? index : nil
    }
}
