import Findings
import Planning
import Text

/// The extensions that the packages of a plan have to do with: what the catalogue tells of each, with an example of each rule.
extension WebData {
    func write(extensions names: [String], _ json: inout JSONWriter) {
        var counts: [String: Int] = [:]
        for entry in plan.packages {
            for name in Set(entry.extensions) { counts[name, default: 0] += 1 }
        }
        json.array("extensions") { json in
            for name in names {
                json.object { json in
                    json.field("id", name)
                    json.field("count", counts[name] ?? 0)
                    json.array("packages") { json in
                        for syntax in SyntaxPackage.all where syntax.extension == name { write(syntax, &json) }
                    }
                    if counts[name] != nil, let entry = catalogue?.named(name) { write(entry, &json) }
                }
            }
        }
    }

    private func write(_ syntax: SyntaxPackage, _ json: inout JSONWriter) {
        json.object { json in
            json.field("name", syntax.name)
            json.field("replacement", syntax.replacement)
            json.field("since", syntax.since)
            json.field("ready", syntax.isReplaceable(on: plan.date))
        }
    }

    private func write(_ entry: SyntaxExtension, _ json: inout JSONWriter) {
        guard let catalogue else { return }
        var aim = Aim()
        if let target = TargetDate(plan.date) { aim.target = target }
        let page = ExtensionPage(entry, catalogue, aim: aim)
        json.field("title", entry.title)
        json.field("strategy", entry.replacement.summary)
        json.array("steps") { json in
            for step in entry.replacement.steps {
                json.object { json in
                    json.field("days", step.days)
                    json.field("needs", step.needs)
                    json.field("note", step.note)
                    if step == page.step { json.field("now", true) }
                }
            }
        }
        json.field("mind", entry.caveats)
        json.array("rules") { json in
            for rule in page.rules {
                guard let shown = rule.reported.first else { continue }
                json.object { json in
                    json.field("id", rule.id)
                    json.field("message", rule.message)
                    json.field("before", shown.before)
                    json.field("after", shown.after)
                    json.field("notes", shown.notes)
                }
            }
        }
    }
}
