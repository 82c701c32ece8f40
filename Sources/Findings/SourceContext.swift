package import OCamlSyntax
import Synchronization
package import Text

/// What rules see of one source: its tree, its tokens, what is known of extensions, and what suggestions aim at.
///
/// A class, so that the cursors that point into it (`SyntaxNode`, `SyntaxToken`) cost one reference.
package final class SourceContext: Sendable {
    package let tree: SyntaxTree
    package let path: String
    package let index: ExtensionIndex
    /// Whether stock OCaml rejects the file, and the tree with the dialects reads better: so they are meant.
    package let isProven: Bool
    /// The ids of the extensions that build files turn on; empty where they say nothing.
    package let turnedOn: Set<String>
    package let aim: Aim
    /// Whether `##.`, `##(…)` or `%js` occurs, which js_of_ocaml's ppx has and its camlp4 has not.
    package let hasPPXObjects: Bool
    /// Whether an object is used otherwise than by a method without arguments: converted, that is one of the former.
    package let hasTellingObjects: Bool
    /// Whether the tree has no fault.
    package let isFaultless: Bool
    private let parents: [UInt32]
    /// By kind of node: whether the tree has one.
    private let present: [Bool]
    /// Whether attributes or extension nodes occur, `let%name` among them.
    package let showsPPX: Bool
    /// The lines of conditionals: `#if` and its like, in order.
    package let conditionalLines: [OptcompLines.Directive]
    private let names = Mutex<Set<[UInt8]>?>(nil)

    package init(
        _ tree: SyntaxTree, path: String, index: ExtensionIndex, isProven: Bool, turnedOn: Set<String> = [],
        aim: Aim = Aim()
    ) {
        self.tree = tree
        self.path = path
        self.index = index
        self.isProven = isProven
        self.turnedOn = turnedOn
        self.aim = aim
        isFaultless = tree.problems == 0
        let tokens = tree.tokens
        (hasPPXObjects, hasTellingObjects) = Self.objects(in: tokens)
        showsPPX = Self.showsPPX(tokens)
        conditionalLines = OptcompLines.directives(in: tokens)
        parents = Self.parents(in: tree)
        var present = [Bool](repeating: false, count: 256)
        for node in 0..<tree.count { present[Int(tree.kind(node).rawValue)] = true }
        self.present = present
    }

    private static func showsPPX(_ tokens: TokenList) -> Bool {
        for (place, kind) in tokens.kinds.enumerated() {
            switch kind {
            case .leftBracketPercent, .leftBracketPercentPercent, .leftBracketAt, .leftBracketAtAt: return true
            case .percent where place > 0 && tokens.kind(place + 1) == .lowercaseIdentifier:
                if tokens.kind(place - 1).isKeyword { return true }
            default: continue
            }
        }
        return false
    }

    /// Whether the tree has a node of the kind.
    package func hasNodes(_ kind: NodeKind) -> Bool { present[Int(kind.rawValue)] }

    /// The day that chooses between ppx and their versions.
    package var target: TargetDate { aim.target }
    package var style: RewriteStyle { aim.style }
    package var tokens: TokenList { tree.tokens }
    package var isInterface: Bool { tree.kind(0) == .interface }

    /// The whole file.
    package var root: SyntaxNode { SyntaxNode(self, 0) }

    package func text(_ range: ByteRange) -> String {
        String(decoding: bytes(range), as: UTF8.self)
    }

    package func bytes(_ range: ByteRange) -> ArraySlice<UInt8> {
        let count = tokens.bytes.count
        let start = min(max(range.start, 0), count)
        return tokens.bytes[start..<max(start, min(range.end, count))]
    }

    func parent(of node: Int) -> Int? {
        guard node > 0, parents.indices.contains(node) else { return nil }
        return Int(parents[node])
    }

    private static func objects(in tokens: TokenList) -> (ofPPX: Bool, telling: Bool) {
        var (ofPPX, telling) = (false, false)
        for place in tokens.kinds.indices {
            var behind = place + 1
            switch tokens.kinds[place] {
            case .percent:
                if tokens.text(place + 1, equals: "js") { ofPPX = true }
                continue
            case .hashOperator:
                if tokens.text(place, equals: "##.") { ofPPX = true }
                guard tokens.text(place, equals: "##") else { continue }
            case .hash where tokens.kind(place + 1) == .hash: behind = place + 2
            default:
                let isWord = tokens.kinds[place] == .extensionKeyword || tokens.kinds[place] == .lowercaseIdentifier
                if isWord, tokens.bytes[tokens.start(place)] == UInt8(ascii: "j") {
                    telling = telling || tokens.text(place, equals: "jsnew") || tokens.text(place, equals: "jsobject")
                }
                continue
            }
            if [.dot, .leftParen].contains(tokens.kind(behind)) { ofPPX = true }
            let next = tokens.significant(from: tokens.significant(from: behind) + 1)
            let closing = tokens.significant(from: next + 1)
            if tokens.kind(next) != .leftParen || tokens.kind(closing) != .rightParen { telling = true }
        }
        return (ofPPX, telling)
    }

    private static func parents(in tree: SyntaxTree) -> [UInt32] {
        var parents = [UInt32](repeating: 0, count: tree.count)
        var open: [Int] = []
        for node in 0..<tree.count {
            while let last = open.last, Int(tree.subtreeEnds[last]) <= node { open.removeLast() }
            parents[node] = UInt32(truncatingIfNeeded: open.last ?? 0)
            open.append(node)
        }
        return parents
    }

    // MARK: Names

    /// `name`, or `name` with a number behind it: one that occurs nowhere in the file.
    package func freshName(_ name: String) -> String {
        names.withLock { known in
            let taken = known ?? identifiers()
            known = taken
            if !taken.contains(Array(name.utf8)) { return name }
            var number = 1
            while taken.contains(Array("\(name)\(number)".utf8)) { number += 1 }
            return "\(name)\(number)"
        }
    }

    private func identifiers() -> Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        for place in 0..<tokens.count where tokens.kind(place) == .lowercaseIdentifier {
            names.insert(Array(tokens.text(place)))
        }
        return names
    }
}
