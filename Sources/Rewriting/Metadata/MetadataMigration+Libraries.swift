import BuildFiles
import Findings

/// What a line takes away beside its syntax when it goes.
extension MetadataMigration {
    /// A source that names a module of a library.
    struct LibraryUse {
        /// The findlib package.
        let library: String
        let module: String
        let path: String
        /// Whether the module is sure to be the library's.
        let isSure: Bool
    }

    /// A source that needs the library which comes with a syntax package, where no other line names that library for it. Nil
    /// where nothing tells so, or the texts of sources are not at hand.
    func libraryUse(_ mention: Mention, by sources: [CheckoutSource]) -> LibraryUse? {
        guard case .findlib(let package) = mention.subject, let library = SyntaxLibrary(of: package, index) else {
            return nil
        }
        let files = builds.lazy.map(\.file)
        for source in sources {
            guard let module = library.moduleNamed(in: source.text),
                !library.isNamed(for: source.path, in: files, state.links, index)
            else { continue }
            return LibraryUse(library: library.name, module: module.name, path: source.path, isSure: module.isSure)
        }
        return nil
    }
}
