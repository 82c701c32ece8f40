import BuildFiles
import Text

/// The findlib packages that a build file names already, by the sources for which it does.
struct PresentPackages {
    private var names: [Key: Set<String>] = [:]
    private var everywhere: Set<String> = []

    private struct Key: Hashable {
        let scope: SourceScope?
        let component: String?
        let statement: Int?

        init(_ mention: Mention) {
            scope = mention.scope
            component = mention.component
            statement = mention.statement
        }
    }

    init(_ file: BuildFile, _ bytes: [UInt8]) {
        for mention in file.mentions {
            guard case .findlib(let name) = mention.subject else { continue }
            names[Key(mention), default: []].insert(name)
            if case .pattern(.constant(true), _)? = mention.scope { everywhere.insert(name) }
        }
    }

    func has(_ text: String, beside mention: Mention) -> Bool { names[Key(mention)]?.contains(text) ?? false }

    mutating func note(_ text: String, beside mention: Mention) { names[Key(mention), default: []].insert(text) }

    /// Those of the names that are new beside the mention; they count as there from now on.
    mutating func add(_ new: [String], beside mention: Mention) -> [String] {
        let key = Key(mention)
        var known = names[key] ?? []
        let missing = new.filter { !known.contains($0) && !everywhere.contains($0) }
        known.formUnion(missing)
        names[key] = known
        return missing
    }
}
