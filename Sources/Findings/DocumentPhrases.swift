import BuildFiles
import Text

/// What short pieces of documents say: code inside a line, that is too short to be read as a program, and sentences that tell of
/// what was.
struct DocumentPhrases {
    /// A name in code of a line, and whose it is.
    struct Found {
        let range: ByteRange
        let id: String
    }

    private let index: ExtensionIndex
    /// Keywords that nothing else is called: those of several words (`try_lwt`).
    private let telling: [String: String]

    init(_ index: ExtensionIndex) {
        self.index = index
        var keywords: [String: String] = [:]
        for entry in index.all {
            for word in entry.keywords where keywords[word] == nil { keywords[word] = entry.id }
        }
        telling = keywords.filter { word, _ in
            word.dropFirst().dropLast().contains("_") && word.contains { $0.isLowercase }
        }
    }

    /// The extension's syntax in code of a line: `with sexp`, `try_lwt`; nil where it shows none.
    func syntax(in piece: ByteRange, _ bytes: [UInt8]) -> Found? {
        let words = bytes.words(in: piece) { $0.isPackageNameByte && $0 != UInt8(ascii: ".") }
        guard let first = words.first else { return nil }
        let names = words.map(bytes.text)
        if let place = names.firstIndex(where: { telling[$0] != nil }), let id = telling[names[place]] {
            return Found(range: words[place], id: id)
        }
        if names[0] == "with", words.count > 1 {
            let generators = names.dropFirst().compactMap { index.generator($0)?.id }
            guard generators.count == names.count - 1, let id = generators.first, let last = words.last else {
                return nil
            }
            return Found(range: ByteRange(first.start, last.end), id: id)
        }
        return nil
    }

    // MARK: what was

    /// Whether the sentence around a word tells of it as of the past: "no longer needs X", "X was dropped".
    static func isOfPast(_ word: ByteRange, in text: ByteRange, _ bytes: [UInt8]) -> Bool {
        let (start, end) = (min(word.start, bytes.count), min(word.end, bytes.count))
        let before = bytes[min(start, max(text.start, word.start - reach))..<start]
        let behind = bytes[end..<max(end, min(text.end, word.end + reach, bytes.count))]
        // A sentence ends with a stop and a blank, or with its paragraph.
        let head = Array(before.reversed().prefix { !isEnd($0) }.reversed())
        let tail = Array(behind.prefix { !isEnd($0) })
        return !pastBefore.matches(in: sentenceEnd(head)).isEmpty || !pastBehind.matches(in: tail).isEmpty
    }

    private static let reach = 160

    private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == UInt8(ascii: "!") }

    /// What stands behind the last stop or empty line.
    private static func sentenceEnd(_ bytes: [UInt8]) -> [UInt8] {
        guard let last = stop.matches(in: bytes).last?[0] else { return bytes }
        return Array(bytes[min(last.end, bytes.count)...])
    }

    private static let stop = Pattern(#"[.?:] \s | \n [ \t]* (?: \r?\n | [*+-][ ] )"#)
    private static let pastBefore = Pattern(
        #"(?i) \b (?: no \s+ longer | used \s+ to | formerly | previously | (?: drop | remov | replac )\w* | (?: mov | migrat | port | switch | convert )(?:e|es|ed|ing|s)? \b .* \b from | (?: do | does | did )(?:\s+not|n't) \s+ (?: need | use | depend | require )\w* ) \b | \b the \s+ old \s+ [\[`]* \z"#
    )
    private static let pastBehind = Pattern(
        #"(?i) \A [^.]* \b (?: (?: is | are | was | were | has \s+ been | have \s+ been ) \s+ (?: no \s+ longer | not \s+ (?: needed | used | required ) | dropped | removed | replaced | gone ) | any \s? more ) \b"#
    )
}
