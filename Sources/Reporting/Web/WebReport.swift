package import Findings
import Mustache
package import Planning
import Text

/// `index.html`: the plan as one page that works from disk and offline. The overview is in the page itself; the table, the
/// pages of packages and the graph are made by its script from the data inside. One file, since a page for each of five
/// thousand packages would be slower to write, to copy and to search.
///
/// The page asks for nothing from anywhere: its policy allows its own script and style by their hashes and nothing else.
package enum WebReport {
    /// - Parameters:
    ///   - history: the burn-down to show; empty where there is none.
    ///   - catalogue: what the pages of extensions tell; without it they name their packages alone.
    /// - Throws: only if a template of ours does not parse.
    package static func render(
        _ plan: Plan, _ provenance: Provenance, _ history: [BurnDownPoint] = [], _ catalogue: ExtensionIndex? = nil
    ) throws -> [UInt8] {
        MustacheContentTypes.register(PageEscaping(), named: "PAGE")
        let template = try MustacheTemplate(string: text(PackageResources.index_mustache))
        let script = "(() => {\n'use strict';\n" + scripts.map(text).joined() + "})();\n"
        let style = text(PackageResources.page_css)
        var data = WebData(plan, provenance, catalogue)
        var page = WebOverview(plan, provenance, history).context
        page["hasMaintainers"] = data.hasMaintainers
        page["style"] = style
        page["styleHash"] = SHA256.base64(Array(style.utf8))
        page["script"] = script
        page["scriptHash"] = SHA256.base64(Array(script.utf8))
        page["data"] = text(PageEscaping.embeddable(json: data.json()))
        return Array(template.render(page).utf8)
    }

    private static var scripts: [[UInt8]] {
        [
            PackageResources.base_js, PackageResources.table_js, PackageResources.graph_js, PackageResources.views_js,
            PackageResources.page_js,
        ]
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
