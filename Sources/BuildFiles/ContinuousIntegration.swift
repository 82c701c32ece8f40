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
        var taken: [ByteRange] = []
        for match in installation.matches(in: bytes) {
            guard let verb = match[1], let words = match[2], !isComment(verb, bytes) else { continue }
            taken.append(words)
            installs(words, isPin: bytes.text(verb).contains("pin"), bytes, &file)
        }
        for match in variable.matches(in: bytes) {
            guard let value = match[1], !taken.contains(where: { $0.contains(value) }) else { continue }
            taken.append(value)
            let entries = bytes.words(in: value) { !$0.isSpace && $0 != UInt8(ascii: ",") }
            file.lists.append(EntryList(entries, .blank))
            for entry in entries { mention(entry, bytes, &file) }
        }
        for match in call.matches(in: bytes) {
            guard let word = match[1], !taken.contains(where: { $0.contains(word) }) else { continue }
            let name = bytes.text(word)
            let subject = camlp4Program(in: name).map(Mention.Subject.syntax) ?? .findlib(name)
            file.mentions.append(Mention(subject, at: word, scope: nil))
        }
    }

    private static func isComment(_ range: ByteRange, _ bytes: [UInt8]) -> Bool {
        let line = bytes.wholeLines(ByteRange(range.start, range.start))
        return bytes.at(bytes.trimmed(line).start) == UInt8(ascii: "#")
    }

    /// The arguments of a command that installs packages.
    ///
    /// - Parameter isPin: whether it is of one package, what follows its name being where it comes from.
    private static func installs(_ words: ByteRange, isPin: Bool, _ bytes: [UInt8], _ file: inout BuildFile) {
        let entries = bytes.words(in: words) { !$0.isSpace && !"\"'\\;&|".utf8.contains($0) }
        // In Docker's form of a list, commas belong to each word.
        let isList = entries.contains { [",", "]"].contains(bytes.text($0)) }
        let line = bytes.wholeLines(words)
        let isItem = !item.matches(in: Array(bytes[line.start..<line.end])).isEmpty && line.end >= words.end
        let owner = isItem ? line : nil
        guard !isPin else {
            guard let name = entries.first(where: { bytes.at($0.start) != UInt8(ascii: "-") }) else { return }
            if let last = entries.last {
                let whole = ByteRange(name.start, last.end)
                file.lists.append(EntryList([whole], .blank, owner: owner, isCommand: true))
            }
            return mention(name, bytes, &file)
        }
        if !isList { file.lists.append(EntryList(entries, .blank, owner: owner, isCommand: true)) }
        for entry in entries { mention(entry, bytes, &file) }
    }

    private static func mention(_ entry: ByteRange, _ bytes: [UInt8], _ file: inout BuildFile) {
        let text = bytes.text(entry)
        // Debian's camlp4-extra belongs to camlp4.
        let name = text == "camlp4-extra" ? "camlp4" : String(text.prefix { !".=:".contains($0) })
        file.mentions.append(Mention(.opam(name), at: entry, scope: nil))
    }

    /// What stands behind `install` on its line and on those that a backslash joins to it.
    private static let installation = Pattern(
        ##"(?<! [\w.\-/] ) (?: opam | apt | apt-get | aptitude | apk | brew | yum | dnf ) (?: ["', ]+ [^\s;&|"',]+ )*? ["', ]+ ( install | depext | pin [ ]+ (?: -\S+ [ ]+ )* add | (?<! pin[ ] ) add ) \b ["]? \K ( (?: [^\n\\;&|] | \\ \r? \n )* )"##
    )
    /// A command that is a whole item of a YAML list.
    private static let item = Pattern(
        ##"\A [ \t]* - [ ]+ (?: sudo [ ]+ )? (?: opam | apt | apt-get ) \b [^;&|\\"'\#]* \z"##)
    /// The variables in which the scripts of opam's and others' CI are told packages.
    private static let variable = Pattern(
        ##"^ (?! [ \t]* \# ) .*? (?<! [\w$\{] ) (?: [A-Z_]* (?: DEPENDS | DEPOPTS | DEPS | PACKAGES | PKGS ) ) (?: = | :[ ]+ ) \K (?| "([^"\n]*)" | '([^'\n]*)' | ([\w.+\-]+) )"##
    )
    private static let call = Pattern(
        ##"^ (?! [ \t]* \# ) .*? \K (?<! [\w.\-/] ) ( camlp4(?:o|r|of|oof|orf|rf) | [\w\-]+ \. syntax ) (?! [\w.\-/] )"##
    )
}
