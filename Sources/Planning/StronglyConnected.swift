/// Strongly connected components of a graph (Tarjan's algorithm, without recursion).
enum StronglyConnected {
    /// - Parameter successors: for each node the nodes that it points to.
    /// - Returns: the components, each after all components that it points to; every node is in one. Linear.
    static func components(_ successors: [[Int]]) -> [[Int]] {
        var search = Search(successors)
        for node in successors.indices where search.isNew(node) { search.visit(node) }
        return search.components
    }

    private struct Search {
        private let successors: [[Int]]
        private var order: [Int]
        private var low: [Int]
        private var isOnStack: [Bool]
        private var stack: [Int] = []
        private var count = 0
        private(set) var components: [[Int]] = []

        init(_ successors: [[Int]]) {
            self.successors = successors
            order = Array(repeating: -1, count: successors.count)
            low = order
            isOnStack = Array(repeating: false, count: successors.count)
        }

        func isNew(_ node: Int) -> Bool { order[node] < 0 }

        mutating func visit(_ root: Int) {
            var calls: [(node: Int, next: Int)] = []
            enter(root, &calls)
            while let call = calls.last {
                if call.next < successors[call.node].count {
                    calls[calls.count - 1].next += 1
                    let successor = successors[call.node][call.next]
                    if isNew(successor) {
                        enter(successor, &calls)
                    } else if isOnStack[successor] {
                        low[call.node] = min(low[call.node], order[successor])
                    }
                } else {
                    calls.removeLast()
                    if let caller = calls.last?.node { low[caller] = min(low[caller], low[call.node]) }
                    if low[call.node] == order[call.node] { close(call.node) }
                }
            }
        }

        private mutating func enter(_ node: Int, _ calls: inout [(node: Int, next: Int)]) {
            order[node] = count
            low[node] = count
            count += 1
            stack.append(node)
            isOnStack[node] = true
            calls.append((node, 0))
        }

        private mutating func close(_ root: Int) {
            var component: [Int] = []
            while let node = stack.popLast() {
                isOnStack[node] = false
                component.append(node)
                if node == root { break }
            }
            components.append(component)
        }
    }
}
