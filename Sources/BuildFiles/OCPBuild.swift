import Text

extension BuildFormat {
    /// ocp-build's `.ocp` files: required packages and the `syntax` of a file, as strings. They are a person's to edit.
    static let ocpBuild = BuildFormat(
        "ocp-build", takes: { $0.hasSuffix(".ocp") && fileName(of: $0) != ".ocp" }
    ) { bytes, file in
        for match in word.matches(in: bytes) {
            guard let name = match[1] else { continue }
            let text = bytes.text(name)
            if let program = camlp4Program(in: text), program == text, text != "camlp4" {
                file.mentions.append(Mention(.syntax(text), at: name, scope: nil))
            } else {
                file.mentions.append(Mention(.findlib(text), at: name, scope: nil))
            }
        }
    }

    private static let word = Pattern(#" " ( camlp4[a-z.]* | [\w\-]+ [.\-] syntax ) " "#)
}

extension BuildFormat {
    /// topkg's `pkg/pkg.ml` and its forerunner's `pkg/build.ml`: a program, shown and not edited.
    static let topkg = BuildFormat(
        "topkg", takes: { path in ["pkg/pkg.ml", "pkg/build.ml"].contains { path == $0 || path.hasSuffix("/" + $0) } }
    ) { bytes, file in
        for match in stringPattern.matches(in: bytes) {
            guard let name = match[1] else { continue }
            let text = bytes.text(name)
            if let program = camlp4Program(in: text), program == text, text != "camlp4" {
                file.mentions.append(Mention(.syntax(text), at: name, scope: nil))
            } else {
                file.mentions.append(Mention(.findlib(text), at: name, scope: nil))
            }
        }
    }

    private static let stringPattern = Pattern(#" " ( camlp4[a-z.]* | [\w\-]+ \. syntax ) " "#)
}
