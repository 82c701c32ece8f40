import BuildFiles
import Findings
import OCamlSyntax

/// The libraries that come along with syntax packages: `lwt.syntax` brings `lwt`, so a line that goes since nobody uses the syntax
/// may take away what a source calls.
extension MetadataMigration {
    /// A source that names a module of the library, where no other line names the library for that source.
    struct LibraryUse {
        /// The findlib package that the syntax package is a part of.
        let library: String
        let module: String
        let path: String
        /// Whether the module is called as the library is, so that it is sure to be its own.
        let isSure: Bool
    }

    /// Nil where nothing tells that the library is needed, or the texts of sources are not at hand.
    func libraryUse(_ mention: Mention, by sources: [CheckoutSource]) -> LibraryUse? {
        guard case .findlib(let name) = mention.subject, name.contains("."), index.findlib(name) != nil else {
            return nil
        }
        let library = String(name.prefix { $0 != "." })
        let module = library.prefix(1).uppercased() + library.dropFirst()
        for source in sources where !isNamed(library, for: source.path) {
            let words = Set(source.capitalisedWords)
            if words.contains(module) {
                return LibraryUse(library: library, module: module, path: source.path, isSure: true)
            }
            if let part = words.filter({ $0.hasPrefix(module + "_") }).min() {
                return LibraryUse(library: library, module: part, path: source.path, isSure: false)
            }
        }
        return nil
    }

    /// Whether a build file names the library for a source, or another part of it that is no syntax.
    private func isNamed(_ library: String, for path: String) -> Bool {
        builds.contains { build in
            build.file.mentions.contains { mention in
                guard case .findlib(let name) = mention.subject, let scope = mention.scope else { return false }
                return (name == library || name.hasPrefix(library + ".") && index.findlib(name) == nil)
                    && state.links.isInside(path, scope)
            }
        }
    }
}

extension CheckoutSource {
    /// The names in its code that begin with a capital.
    fileprivate var capitalisedWords: [String] {
        let tokens = Lexer.tokenize(text, rules: .stock)
        return tokens.significant.filter { tokens.kind($0) == .uppercaseIdentifier }.map(tokens.string)
    }
}
