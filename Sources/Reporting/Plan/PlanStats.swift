package import Planning
import Text

/// `stats.json`: the plan's counts alone, for a badge service, a chart or a cron job (schema `caravan.stats/1`).
package enum PlanStats {
    package static func render(_ plan: Plan, _ provenance: Provenance) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.stats/1")
            json.object("repository") { json in
                json.field("revision", provenance.revision)
                json.field("date", provenance.date)
            }
            json.field("removed", plan.removed)
            json.field("packages", plan.packages.count)
            json.field("needing", plan.packages.count(where: \.needsCamlp4))
            json.field("carried_along", plan.packages.count { $0.needsCamlp4 && $0.isCarriedAlong })
            json.object("statuses") { json in
                for total in plan.totals { json.field(total.status.rawValue, total.count) }
            }
            json.array("waves") { json in
                for wave in plan.waves {
                    json.compactObject { json in
                        json.field("number", wave.number)
                        json.field("packages", wave.packages.count)
                        json.field("frees", wave.frees)
                    }
                }
            }
            json.field("flag_days", plan.flagDays.count)
            json.array("extensions") { json in
                for entry in PlanTables.extensionCounts(plan) {
                    json.compactObject { json in
                        json.field("extension", entry.name)
                        json.field("packages", entry.packages)
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }
}
