package import BuildFiles
import OCamlSyntax

/// The library that comes along with a syntax package of findlib: `lwt.syntax` brings `lwt`, `deriving.syntax` brings
/// `Deriving_Show`, so a line for syntax that nobody uses may be needed all the same.
package struct SyntaxLibrary: Sendable {
    /// The findlib package that the syntax package is a part of.
    package let name: String
    /// The module that is called as the library is.
    private let module: String

    /// Nil where the package is no part of another, or none of the catalogue's.
    package init?(of package: String, _ index: ExtensionIndex) {
        guard package.contains("."), index.findlib(package) != nil else { return nil }
        name = String(package.prefix { $0 != "." })
        module = name.prefix(1).uppercased() + name.dropFirst()
    }

    /// A module of the library that the code names, comments and strings aside; nil where it names none.
    ///
    /// It is sure to be the library's own where it is called as the library is, and likely where that is the first word of its
    /// name (`Deriving_Show`).
    package func moduleNamed(in code: [UInt8]) -> (name: String, isSure: Bool)? {
        let tokens = Lexer.tokenize(code, rules: .stock)
        let names = Set(
            tokens.significant.filter { tokens.kind($0) == .uppercaseIdentifier }.map(tokens.string))
        if names.contains(module) { return (module, true) }
        return names.filter { $0.hasPrefix(module + "_") }.min().map { ($0, false) }
    }

    /// Whether a build file names the library for a source, or another part of it that is no syntax.
    package func isNamed(
        for path: String, in files: some Sequence<BuildFile>, _ links: SourceLinks, _ index: ExtensionIndex
    ) -> Bool {
        files.contains { file in
            file.mentions.contains { mention in
                guard case .findlib(let other) = mention.subject, let scope = mention.scope else { return false }
                return (other == name || other.hasPrefix(name + ".") && index.findlib(other) == nil)
                    && links.isInside(path, scope)
            }
        }
    }
}
