import BuildFiles
import Text

/// How a build runs cppo on its sources, written where a line ran camlp4 on them.
struct CppoCall: Sendable {
    /// What stands in the place of the mention.
    let text: String

    /// Nil where nothing of that kind can stand in the mention's place.
    ///
    /// - Parameter asksForVersion: whether the sources have lines that tell OCaml's version, which cppo has to be given.
    init?(in mention: Mention, _ build: CheckoutBuild, asksForVersion: Bool) {
        var words: [String] = []
        switch mention.subject {
        case .preprocessor(let command):
            // An option for camlp4 runs nothing.
            if command.first == "camlp4's" { return nil }
            words = command
        case .syntax: break
        case .findlib, .opam, .archive: return nil
        }
        // The next run of the generator would take it out again.
        guard !build.file.generated.contains(where: { $0.contains(mention.range) }) else { return nil }
        guard let options = Self.options(words) else { return nil }
        let shell = (["cppo"] + options + (asksForVersion ? ["-V OCAML:`ocamlc -version`"] : [])).joined(separator: " ")
        let old = build.bytes.text(mention.range)
        switch build.file.format.name {
        case "ocamlbuild-tags": text = "pp(\(shell))"
        case "dune":
            let isJbuild = fileName(of: build.file.path).hasPrefix("jbuild")
            let version = isJbuild ? "${ocaml_version}" : "%{ocaml_version}"
            let input = isJbuild ? "${<}" : "%{input-file}"
            let all = ["cppo"] + options + (asksForVersion ? ["-V OCAML:\(version)"] : []) + [input]
            guard build.file.actions[mention.range] != nil else { return nil }
            text = "(action (run \(all.joined(separator: " "))))"
        case "makefile", "omakefile":
            if let variable = Self.reference(in: old) {
                // The variable's own line is edited.
                text = "-pp \(variable)"
            } else if old.hasPrefix("-") {
                text = shell == "cppo" ? "-pp cppo" : "-pp \"\(shell)\""
            } else if case .preprocessor = mention.subject {
                text = shell
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// `"$(PP)"` of `-pp "$(PP)"`.
    private static func reference(in text: String) -> String? {
        guard text.hasPrefix("-pp") else { return nil }
        let argument = text.dropFirst(3).drop { $0 == " " || $0 == "\t" }
        let bare = argument.filter { $0 != "\"" && $0 != "'" }
        return (bare.hasPrefix("$(") || bare.hasPrefix("${")) && !bare.contains(" ") ? String(argument) : nil
    }

    /// camlp4's `-DNAME` and `-I DIR` as cppo takes them; nil for what cppo has no word for (`-DNAME=VALUE`, a variable).
    private static func options(_ words: [String]) -> [String]? {
        var options: [String] = []
        var words = words[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("-D") || word.hasPrefix("-U") || word.hasPrefix("-I") else {
                if word.contains("$("), words.startIndex > 1 { return nil }
                continue
            }
            guard let value = word.count > 2 ? String(word.dropFirst(2)) : words.popFirst().map({ $0 }) else {
                return nil
            }
            if value.contains("=") || value.contains("$") { return nil }
            // Directories are camlp4's for its own modules, but `INCLUDE` looked there too.
            if word.hasPrefix("-I"), value.hasPrefix("+") || value == "." || value.contains("camlp4") { continue }
            options += [String(word.prefix(2)) + " " + value]
        }
        return options
    }

    /// What a person has to write where no line could be edited.
    ///
    /// - Parameter rewriters: the ppx that the same sources need.
    static func advice(in build: CheckoutBuild, for paths: [String], beside rewriters: [String]) -> String {
        let names = paths.count > 3 ? "\(paths.prefix(3).joined(separator: ", ")), …" : paths.joined(separator: ", ")
        let first = paths.first ?? ""
        let how =
            switch build.file.format.name {
            case "ocamlbuild-tags", "oasis", "myocamlbuild", "setup-ml":
                "write `<\(first)>: pp(cppo)` into _tags (outside of OASIS's part)"
            case "dune" where !rewriters.isEmpty:
                "rename \(fileName(of: first)) to end in .cppo.ml, with a rule that runs cppo on it, and keep "
                    + "(preprocess (pps \(rewriters.joined(separator: " "))))"
            case "dune": "write (preprocess (action (run cppo %{input-file})))"
            default: "give the compiler -pp cppo for it, with the -D options that camlp4 had"
            }
        return "\(names): the source has lines for cppo by now, which nothing here runs on it: \(how)"
    }
}
