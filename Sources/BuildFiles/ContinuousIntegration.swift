import Text

extension BuildFormat {
    /// Settings of CI services and Dockerfiles: commands that install camlp4 or what brings it in.
    static let continuousIntegration = BuildFormat(
        "ci",
        takes: { path in
            let name = fileName(of: path)
            return [
                ".travis.yml", "appveyor.yml", ".appveyor.yml", "circle.yml", ".gitlab-ci.yml", ".travis-ci.sh",
                ".travis-opam.sh", ".travis-ocaml.sh",
            ].contains(name)
                || name == "Dockerfile" || name.hasPrefix("Dockerfile.") || name.hasSuffix(".dockerfile")
                || (path.contains(".github/workflows/") || path.hasPrefix(".github/workflows/"))
                    && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
        }
    ) { bytes, file in
        for match in installation.matches(in: bytes) {
            guard let words = match[1] else { continue }
            let entries = bytes.words(in: words) {
                !$0.isSpace && !"\"'\\;&|".utf8.contains($0)
            }
            file.lists.append(EntryList(entries, .blank))
            for entry in entries {
                let text = bytes.text(entry)
                // Debian's camlp4-extra belongs to camlp4.
                let name = text == "camlp4-extra" ? "camlp4" : String(text.prefix { $0 != "." && $0 != "=" })
                file.mentions.append(Mention(.opam(name), at: entry, scope: nil))
            }
        }
    }

    /// What stands behind `install` on its line and on those that a backslash joins to it.
    private static let installation = Pattern(
        ##"^ (?! [ \t]* \# ) .*? \b (?: opam | apt | apt-get | aptitude | apk | brew | yum | dnf | eval .* opam ) \b .*? \b (?: install | depext | add ) \b \K ( (?: [^\n\\;&|] | \\ \r? \n )* )"##
    )
}
