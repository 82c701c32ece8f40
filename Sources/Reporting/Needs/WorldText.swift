import OpamFormat
package import Text
package import Universe

extension World {
    /// The world in one line, for people.
    package var summary: String {
        let compiler = ocaml.map { "OCaml \($0.text)" } ?? "any OCaml"
        let platform = anyPlatform ? "any platform" : "\(os) on \(arch)"
        return "\(compiler), \(platform), \((["run-time"] + kinds.names).joined(separator: ", ")) dependencies"
    }

    /// The member `world` of a report.
    package func write(removed: [String], _ json: inout JSONWriter) {
        json.object("world") { json in
            json.field("ocaml", ocaml?.text ?? "any")
            json.field("removed", removed)
            json.field("os", os)
            json.field("arch", arch)
            json.field("any_platform", anyPlatform)
            json.field("kinds", kinds.names)
        }
    }
}
