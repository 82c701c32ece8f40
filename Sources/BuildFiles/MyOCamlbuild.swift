import Text

extension BuildFormat {
    /// `myocamlbuild.ml`: calls that hand camlp4 to a compiler. It is a program, so its lines are shown and not edited; what
    /// OASIS generates in it turns nothing on by itself.
    static let myocamlbuild = BuildFormat("myocamlbuild", takes: { fileName(of: $0) == "myocamlbuild.ml" }) {
        bytes, file in
        file.generated = oasisRegions(bytes)
        let comments = commentPattern.matches(in: bytes).compactMap { $0[0] }
        func counts(_ range: ByteRange) -> Bool {
            !(file.generated + comments).contains { $0.contains(range) }
        }
        for match in programPattern.matches(in: bytes) {
            guard let word = match[1], counts(word), camlp4Program(in: bytes.text(word)) != nil else { continue }
            let words = bytes.text(word).split(separator: " ").map(String.init)
            let subject: Mention.Subject = words.count > 1 ? .preprocessor(words) : .syntax(words.first ?? "")
            file.mentions.append(Mention(subject, at: word, scope: nil))
        }
        for match in packagePattern.matches(in: bytes) {
            guard let word = match[1], counts(word) else { continue }
            for name in bytes.words(in: word, { $0.isPackageNameByte }) {
                file.mentions.append(Mention(.findlib(bytes.text(name)), at: name, scope: nil))
            }
        }
    }

    /// Comments without others inside, which is what stands in such files.
    private static let commentPattern = Pattern(#"\(\* (?: [^*] | \*(?!\)) )* \*\)"#)
    /// `A"camlp4o"`, `P "camlp4of -I …"`, `Sh "camlp4o"`.
    private static let programPattern = Pattern(#"\b (?: A | P | Px | Sh | V ) \s* \(? \s* "([^"\n]* camlp4 [^"\n]*)""#)
    /// `A"-package"; A"lwt.syntax,unix"`.
    private static let packagePattern = Pattern(
        #" "-package" \s* \)? \s* ; \s* A \s* \(? \s* "([^"\n]+)" "#)
}
