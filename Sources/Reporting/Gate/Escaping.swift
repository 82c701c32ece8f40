/// How each of the gate's formats spells text that means something to it.
enum Escaping {
    /// A relative path as a URI reference: everything but unreserved characters and `/` in percents.
    static func uri(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// Text or an attribute of XML 1.0; what XML cannot hold becomes U+FFFD.
    static func xml(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t": result += "&#9;"
            case "\n": result += "&#10;"
            case "\r": result += "&#13;"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The message of a workflow command of GitHub.
    static func workflowMessage(_ text: String) -> String {
        replacing(text, [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")])
    }

    /// A property of a workflow command of GitHub.
    static func workflowProperty(_ text: String) -> String {
        replacing(text, [("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")])
    }

    /// A cell of a table in Markdown: no line ends, no column marks, no HTML.
    static func markdownCell(_ text: String) -> String {
        replacing(
            text,
            [
                ("\\", "\\\\"), ("|", "\\|"), ("\r", " "), ("\n", " "), ("<", "&lt;"), ("&", "&amp;"), ("`", "\\`"),
                ("*", "\\*"), ("_", "\\_"), ("[", "\\["), ("]", "\\]"),
            ])
    }

    /// A command in a line of Markdown: between more backquotes than stand together in it.
    static func markdownCode(_ text: String) -> String {
        var longest = 0
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let marks = String(repeating: "`", count: longest + 1)
        let inner = replacing(text, [("\r", " "), ("\n", " ")])
        return longest == 0 ? marks + inner + marks : "\(marks) \(inner) \(marks)"
    }

    /// A word that a shell reads as this text, in one line.
    static func shellWord(_ text: String) -> String {
        let isPlain = { (byte: UInt8) in
            byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || "_-./+@%=:,".utf8.contains(byte)
        }
        if !text.isEmpty, text.utf8.allSatisfy(isPlain) { return text }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
            let table: [(Unicode.Scalar, String)] = [
                ("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"),
            ]
            let spelled = replacing(text, table).unicodeScalars.map { scalar in
                scalar.value < 0x20
                    ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
            }
            return "$'" + spelled.joined() + "'"
        }
        return "'" + replacing(text, [("'", "'\\''")]) + "'"
    }

    private static func replacing(_ text: String, _ table: [(Unicode.Scalar, String)]) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let spelled = table.first(where: { $0.0 == scalar })?.1 {
                result += spelled
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
