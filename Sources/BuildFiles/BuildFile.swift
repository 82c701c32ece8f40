package import Text

/// What one build file says about camlp4: which words of it name a package or a preprocessor, and for which sources.
///
/// Readers report what is written, nothing else: which findlib package is which extension is the catalogue's knowledge.
/// Reading never fails; what could not be understood is in `problems` and the rest is read on.
package struct BuildFile: Sendable {
    /// Relative to the scanned root, with `/`.
    package let path: String
    package let format: BuildFormat
    package var mentions: [Mention] = []
    /// The sources about which this file decides even where it mentions nothing.
    package var governs: [SourceScope] = []
    package var components: [Component] = []
    /// The lists in which mentions stand, for those who edit.
    package var lists: [EntryList] = []
    /// By the range of the mention that stands in it.
    package var actions: [ByteRange: PreprocessingAction] = [:]
    /// What a generator wrote and will write again: OASIS's regions, an opam file that dune makes.
    package var generated: [ByteRange] = []
    package var problems: [Problem] = []
    /// Where a Makefile of Eliom's kind lists the packages of its server and of its client: the values of the variables.
    package var eliomPackages: [ByteRange] = []

    package init(path: String, format: BuildFormat) {
        self.path = path
        self.format = format
    }

    /// The directory that holds the file; empty for the root.
    package var directory: String { directoryName(of: path) }
}

/// One word (or tag, or command) of a build file that may bring camlp4 in.
package struct Mention: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        /// A findlib package, as in `package(lwt.syntax)` or `-package lwt.syntax`.
        case findlib(String)
        /// An opam package that is depended on.
        case opam(String)
        /// A switch that turns a camlp4 on: `syntax(camlp4o)`, `camlp4o`, `use_camlp4`; the camlp4 program's name.
        case syntax(String)
        /// A preprocessor's command line, word by word: `pp(camlp4o pa_x.cmo)`.
        case preprocessor([String])
        /// A syntax archive that this package itself provides: META's `archive(syntax,preprocessor)`.
        case archive(String)
    }

    package let subject: Subject
    /// The bytes of the word, tag or command.
    package let range: ByteRange
    /// The sources for which it holds; nil where the file speaks of no sources (META, opam).
    package let scope: SourceScope?
    /// As in `usage` of a scan: `library tls`; nil outside of any.
    package let component: String?
    /// The package's name alone, where the range is more.
    package let name: ByteRange
    /// Where the command or assignment begins that it stands in, of files that hold many for the same sources; else nil.
    package let statement: Int?

    package init(
        _ subject: Subject, at range: ByteRange, scope: SourceScope?, component: String? = nil, name: ByteRange? = nil,
        statement: Int? = nil
    ) {
        self.statement = statement
        self.subject = subject
        self.range = range
        self.name = name ?? range
        self.scope = scope
        self.component = component
    }
}

/// A part of a project that is built as one: a library, an executable, a test.
package struct Component: Sendable, Hashable {
    /// Kind and name: `library tls`.
    package let name: String
    package let scope: SourceScope
    /// Whether an `_oasis` names it, so that further lines for it in `_tags` are generated.
    package let isOASIS: Bool
    /// The name for findlib, sub-packages included: `waystone.text`; nil where none is given.
    package let findlib: String?
    /// Built only where a flag asks for it.
    package let isOptional: Bool
    /// The source of a program, as its description says, whether it is there or made by a tool.
    package let main: String?

    package init(
        name: String, scope: SourceScope, isOASIS: Bool = false, findlib: String? = nil, isOptional: Bool = false,
        main: String? = nil
    ) {
        self.main = main
        self.isOptional = isOptional
        self.findlib = findlib
        self.name = name
        self.scope = scope
        self.isOASIS = isOASIS
    }
}

/// A place of a build file that could not be understood.
package struct Problem: Sendable, Hashable {
    package let range: ByteRange
    package let message: String

    package init(_ range: ByteRange, _ message: String) {
        self.range = range
        self.message = message
    }
}

/// A format of build files: its name in reports, the files that are written in it, its reader.
package struct BuildFormat: Sendable {
    package let name: String
    private let takes: @Sendable (String) -> Bool
    private let reader: @Sendable ([UInt8], inout BuildFile) -> Void

    /// - Parameter takes: says for a file's path whether it is in this format.
    init(
        _ name: String, takes: @escaping @Sendable (String) -> Bool,
        reader: @escaping @Sendable ([UInt8], inout BuildFile) -> Void
    ) {
        self.name = name
        self.takes = takes
        self.reader = reader
    }

    /// Every format that is read; the order decides where two take the same name.
    package static let all: [BuildFormat] = [
        .ocamlbuildTags, .oasis, .setupML, .myocamlbuild, .topkg, .meta, .opam, .duneProject, .dune, .makefile,
        .omakefile, .configure, .ocpBuild, .obuild, .merlin, .ocamlinit, .continuousIntegration,
    ]

    /// The format of the file with this path; nil where it is no build file. A source can be one too: `setup.ml`.
    package static func of(path: String) -> BuildFormat? {
        all.first { $0.takes(path) }
    }

    /// Whether a file of this name is a build file in some directory, for walks that see names alone.
    package static func mayTake(fileName name: String) -> Bool {
        of(path: name) != nil || of(path: ".github/workflows/" + name) != nil || of(path: "pkg/" + name) != nil
            || of(path: "oasis/" + name) != nil
    }

    /// What begins a comment that goes to the end of its line, at the start of a word.
    package var commentMarks: [[UInt8]] {
        switch name {
        case "dune": [[UInt8(ascii: ";")]]
        case "oasis": [[UInt8(ascii: "#")], Array("--".utf8)]
        default: [[UInt8(ascii: "#")]]
        }
    }

    /// Reads a build file.
    package func read(_ bytes: [UInt8], path: String) -> BuildFile {
        var file = BuildFile(path: path, format: self)
        reader(bytes, &file)
        return file
    }
}
