/// Comma-separated values as RFC 4180 has them: lines end with CR LF, fields are quoted where they have to be.
enum CSV {
    static func render(_ header: [String], _ rows: [[String]]) -> [UInt8] {
        var text = header.joined(separator: ",") + "\r\n"
        for row in rows { text += row.map(field).joined(separator: ",") + "\r\n" }
        return Array(text.utf8)
    }

    /// Free text of others as a field: a spreadsheet takes what begins with `=`, `+`, `-`, `@` or a tab for a formula, and an
    /// apostrophe before it makes it text.
    static func text(_ text: String) -> String {
        let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t"]
        return (text.unicodeScalars.first.map(formula.contains) ?? false) ? "'" + text : text
    }

    private static func field(_ field: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard field.unicodeScalars.contains(where: special.contains) else { return field }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
