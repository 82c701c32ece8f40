/// Many short lists of numbers in one array: one allocation for all of them.
struct Lists: Sendable {
    private(set) var elements: [Int32] = []
    private var starts: [Int32] = [0]

    var count: Int { starts.count - 1 }
    var indices: Range<Int> { 0..<count }

    mutating func append(_ list: some Sequence<Int32>) {
        elements.append(contentsOf: list)
        starts.append(Int32(elements.count))
    }

    subscript(index: Int) -> ArraySlice<Int32> {
        elements[Int(starts[index])..<Int(starts[index + 1])]
    }

    /// The lists that sort `pairs` by their first number: list `k` holds the second numbers of all pairs `(k, _)`, in
    /// the order of the pairs. Linear.
    init(count: Int, pairs: [(key: Int32, value: Int32)]) {
        starts = [Int32](repeating: 0, count: count + 1)
        for pair in pairs { starts[Int(pair.key) + 1] += 1 }
        for key in 0..<count { starts[key + 1] += starts[key] }
        var next = starts
        elements = [Int32](repeating: 0, count: pairs.count)
        for pair in pairs {
            elements[Int(next[Int(pair.key)])] = pair.value
            next[Int(pair.key)] += 1
        }
    }

    init() {}
}
