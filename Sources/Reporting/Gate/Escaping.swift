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
