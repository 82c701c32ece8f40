import Text

extension BuildFormat {
    /// The toplevel's `.ocamlinit`: `#camlp4o`, `#require "lwt.syntax"`, `#load "pa_lwt.cmo"`.
    static let ocamlinit = BuildFormat("ocamlinit", takes: { fileName(of: $0) == ".ocamlinit" }) { bytes, file in
        for match in directive.matches(in: bytes) {
            guard let whole = match[0], let name = match[1] else { continue }
            let argument = match.count > 2 ? match[2] : nil
            let lines = bytes.wholeLines(whole)
            let isAlone = bytes.trimmed(lines) == whole
            switch (bytes.text(name), argument) {
            case ("require", let argument?):
                let words = bytes.words(in: argument) { $0.isPackageNameByte }
                file.lists.append(EntryList([whole], .blank, owner: isAlone ? lines : nil))
                file.lists.append(EntryList(words, .tightComma, owner: whole))
                for word in words { file.mentions.append(Mention(.findlib(bytes.text(word)), at: word, scope: nil)) }
            case ("load", let argument?):
                let archive = bytes.text(argument)
                guard camlp4Program(in: archive) != nil || archive.hasPrefix("pa_") else { continue }
                file.lists.append(EntryList([whole], .blank, owner: isAlone ? lines : nil))
                file.mentions.append(Mention(.preprocessor([archive]), at: whole, scope: nil))
            case (let program, nil) where camlp4Program(in: program) == program:
                file.lists.append(EntryList([whole], .blank, owner: isAlone ? lines : nil))
                file.mentions.append(Mention(.syntax(program), at: whole, scope: nil))
            default: continue
            }
        }
    }

    private static let directive = Pattern(
        ##"^ [ \t]* \K \# (require | load | camlp4\w+) \b [ \t]* (?: "([^"\n]*)" )? [ \t]* ;;"##)
}
