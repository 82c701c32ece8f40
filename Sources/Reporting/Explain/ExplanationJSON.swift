package import Findings
import Text

/// Pages on extensions as JSON, `caravan.explain/1`.
package enum ExplanationJSON {
    package static func list(_ entries: [SyntaxExtension], on day: TargetDate) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.explain/1")
            json.field("target", day.description)
            json.array("extensions") { json in
                for entry in entries {
                    json.object { json in
                        json.field("id", entry.id)
                        json.field("title", entry.title)
                        json.field("replacement", entry.replacement.summary)
                        json.field("rules", entry.rules.map(\.id))
                    }
                }
            }
        }
        return json.bytes + [0x0A]
    }

    package static func page(_ page: ExtensionPage) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.explain/1")
            json.field("target", page.aim.target.description)
            json.field("id", page.entry.id)
            json.field("title", page.entry.title)
            for (kind, names) in [
                ("findlib", page.entry.findlib), ("opam", page.entry.opam), ("archives", page.entry.archives),
                ("keywords", page.entry.keywords), ("operators", page.entry.operators),
                ("quotations", page.entry.quotations), ("generators", page.entry.generators),
                ("implies", page.entry.implies), ("caveats", page.entry.caveats),
            ] {
                json.field(kind, names)
            }
            json.field("turned_on", page.entry.turnedOn)
            json.object("replacement") { json in
                json.field("summary", page.entry.replacement.summary)
                json.array("steps") { json in
                    for step in page.entry.replacement.steps { self.step(step, isBest: step == page.step, &json) }
                }
            }
            json.array("rules") { json in for rule in page.rules { self.rule(rule, &json) } }
        }
        return json.bytes + [0x0A]
    }

    private static func step(_ step: Replacement.Step, isBest: Bool, _ json: inout JSONWriter) {
        json.object { json in
            json.field("since", step.since?.description)
            json.field("until", step.until?.description)
            json.field("on_target", isBest)
            json.field("ocaml", step.ocaml)
            json.field("note", step.note)
            json.array("packages") { json in
                for package in step.packages {
                    json.object { json in
                        json.field("role", package.role.rawValue)
                        json.field("findlib", package.findlib)
                        json.field("opam", package.opam)
                        json.field("from", package.from)
                        json.field("below", package.below)
                    }
                }
            }
        }
    }

    private static func rule(_ rule: RulePage, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", rule.id)
            json.field("message", rule.message)
            json.field("safety", rule.safeties.map(\.rawValue))
            json.array("examples") { json in
                for shown in rule.reported {
                    json.object { json in
                        json.field("before", shown.before)
                        json.field("after", shown.after)
                        json.field("safety", shown.safety.rawValue)
                        json.field("notes", shown.notes)
                    }
                }
            }
            json.field("silent", rule.silent)
        }
    }
}
