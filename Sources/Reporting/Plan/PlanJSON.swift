import OpamFormat
package import Planning
import Survey
import Text
import Universe

/// `plan.json`: the whole plan for other programs (schema `caravan.plan/1`).
package enum PlanJSON {
    package static func render(_ plan: Plan, _ provenance: Provenance) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.plan/1")
            json.object("repository") { json in
                json.field("revision", provenance.revision)
                json.field("date", provenance.date)
                json.field("files", provenance.files)
                json.array("skipped") { json in
                    for skipped in provenance.skipped {
                        json.object { json in
                            json.field("path", skipped.path)
                            json.field("reason", skipped.reason)
                        }
                    }
                }
            }
            plan.world.write(removed: plan.removed, &json)
            json.field("target", plan.date)
            json.field("method", plan.method)
            json.field("first", plan.first)
            json.object("totals") { json in
                for total in plan.totals { json.field(total.status.rawValue, total.count) }
            }
            json.array("totals_by_evidence") { json in
                for total in plan.totalsByEvidence {
                    json.compactObject { json in
                        json.field("status", total.status.rawValue)
                        json.field("evidence", total.evidence.rawValue)
                        json.field("count", total.count)
                    }
                }
            }
            json.field("priority", Plan.priorityFormula)
            json.array("packages") { json in
                for entry in plan.packages { write(entry, &json) }
            }
            json.array("waves") { json in
                for wave in plan.waves {
                    json.object { json in
                        json.field("number", wave.number)
                        json.field("packages", wave.packages)
                        json.field("frees", wave.frees)
                    }
                }
            }
            json.array("flag_days") { json in
                for day in plan.flagDays {
                    json.object { json in
                        json.field("id", day.id)
                        json.field("packages", day.packages)
                        json.field("reason", day.reason)
                        json.field("proved", day.isProved)
                    }
                }
            }
            json.field("left", plan.left)
            json.array("precedences") { json in
                for pair in plan.precedences {
                    json.compactObject { json in
                        json.field("first", pair.first)
                        json.field("second", pair.second)
                        json.field("drops", pair.drops)
                    }
                }
            }
            json.array("evidence_conflicts") { json in
                for conflict in plan.conflicts {
                    json.compactObject { json in
                        json.field("name", conflict.name)
                        json.field("version", conflict.version)
                        json.field("kind", conflict.kind.rawValue)
                        json.field("extension", conflict.extension)
                        json.field("text", conflict.text)
                        json.field("origin", conflict.origin)
                    }
                }
            }
            json.array("edges") { json in
                for edge in plan.graph.edges.joined() { write(edge, plan.graph.universe, &json) }
            }
        }
        json.finish()
        return json.bytes
    }

    private static func write(_ entry: PlanEntry, _ json: inout JSONWriter) {
        json.object { json in
            json.field("name", entry.name)
            json.field("version", entry.version)
            json.field("status", entry.status.rawValue)
            json.field("roles", entry.roles.map(\.rawValue))
            // What is inferred is inferred from metadata.
            json.field("evidence", entry.evidence == .sources ? "sources" : "metadata")
            json.field("evidence_level", entry.evidence.rawValue)
            json.field("available", entry.available)
            json.field("needs_camlp4", entry.needsCamlp4)
            json.field("path_to_camlp4", entry.path.isEmpty ? [] : [entry.name] + entry.path.map(\.name))
            json.field("path_text", entry.pathText)
            json.field("direct_dependents", entry.directDependents)
            json.field("transitive_dependents", entry.transitiveDependents)
            json.field("optional_dependents", entry.optionalDependents)
            json.field("extensions", entry.extensions)
            json.field("blocked_by", entry.blockedBy)
            json.field("unblocks", entry.unblocks)
            json.field("wave", entry.wave)
            json.field("starts_in", entry.startsIn)
            json.field("rank", entry.rank)
            json.field("priority", entry.priority)
            json.object("effort") { json in
                json.field("constructs", entry.effort.constructs)
                json.field("lines", entry.effort.lines)
                json.field("estimated", entry.effort.isEstimated)
            }
            if let sources = entry.sources { write(sources, &json) }
            json.array("windows") { json in
                for window in entry.windows {
                    json.compactObject { json in
                        json.field("dependency", window.dependency)
                        json.field("extension", window.extension)
                        json.field("camlp4", window.camlp4)
                        json.field("ppx", window.ppx)
                        json.field("both", window.both)
                        json.field("open", window.isOpen)
                        json.field("proved_closed", window.isProvedClosed)
                    }
                }
            }
            json.field("promises_old_compilers", entry.promisesOldCompilers)
            json.field("frees", entry.frees)
            json.field("flag_day", entry.flagDay)
            json.field("carried_along", entry.isCarriedAlong)
            json.field("actions", entry.actions)
        }
    }

    private static func write(_ sources: SourceKnowledge.State, _ json: inout JSONWriter) {
        json.object("sources") { json in
            json.field("origin", sources.origin)
            json.array("uses") { json in
                for (name, use) in sources.uses.sorted(by: { $0.key < $1.key }) {
                    json.object { json in
                        json.field("extension", name)
                        json.field("constructs", use.constructs)
                        json.field("lines", use.lines)
                        json.field("declarations", use.declarations)
                        json.array("samples") { json in
                            for sample in use.samples { sample.write(&json) }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ edge: NameGraph.Edge, _ universe: Universe, _ json: inout JSONWriter) {
        json.compactObject { json in
            json.field("from", universe.names[edge.from])
            json.field("to", universe.names[edge.to])
            json.field("kind", edge.kind.rawValue)
            json.field("constraint", edge.constraint)
        }
    }
}

extension DependencyKinds {
    /// The kinds by the names that the command line gives them.
    package var names: [String] {
        let all: [(DependencyKinds, String)] = [
            (.build, "build"), (.test, "test"), (.doc, "doc"), (.post, "post"), (.dev, "dev"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
