/// Applies an asynchronous `transform` to every item, with up to `jobs` of them under way at a time: each may hold processes and
/// files open. Results stand in the order of the items.
package func concurrentMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ transform: @escaping @Sendable (Item) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results: [(Int, Result)] = []
        var next = 0
        while next < items.count || results.count < items.count {
            while next < items.count, next - results.count < max(1, jobs) {
                let (index, item) = (next, items[next])
                group.addTask { (index, await transform(item)) }
                next += 1
            }
            if let result = await group.next() { results.append(result) }
        }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
