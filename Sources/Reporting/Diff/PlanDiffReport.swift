package import Planning
import Text

/// `caravan diff`: two plans compared, as text for a pull request, as Markdown, and as JSON (schema `caravan.diff/1`).
package struct PlanDiffReport: Sendable {
    private let difference: PlanDifference

    package init(_ difference: PlanDifference) {
        self.difference = difference
    }

    private var removed: String { difference.new.removed.joined(separator: ", ") }

    private var groups: [(title: String, key: String, moves: [PlanDifference.Move])] {
        [
            ("Freed: no longer need \(removed)", "freed", difference.freed),
            ("Tied: need \(removed) now", "tied", difference.tied),
            ("Nearer to being free", "nearer", difference.nearer),
            ("Further from being free", "further", difference.further),
            ("Changed otherwise", "other", difference.other),
        ]
    }

    private var lone: [(title: String, key: String, entries: [PlanDifference.Lone])] {
        [
            ("New, with ties to \(removed)", "appeared", difference.appeared),
            ("Gone from the repository, and were tied", "vanished", difference.vanished),
        ]
    }

    private var headline: String {
        let before = PlanDifference.needing(difference.old)
        let now = PlanDifference.needing(difference.new)
        let sign = now > before ? "+" : ""
        return
            "\(difference.old.title) to \(difference.new.title): \(before) → \(now) packages need \(removed) in their "
            + "latest version (\(sign)\(now - before))."
    }

    // MARK: Text

    package func text() -> [UInt8] {
        var lines = [headline, "Worlds: \(difference.old.world); \(difference.new.world)."]
        for group in groups where !group.moves.isEmpty {
            lines += ["", "\(group.title) (\(group.moves.count)):"]
            lines += group.moves.map { "  " + words($0) }
        }
        for group in lone where !group.entries.isEmpty {
            lines += ["", "\(group.title) (\(group.entries.count)):"]
            lines += group.entries.map { "  \($0.name).\($0.entry.version): \($0.entry.status.rawValue)" }
        }
        lines += ["", others]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private var others: String {
        "Besides: \(difference.otherAppeared) packages without ties came, \(difference.otherVanished) went."
    }

    private func words(_ move: PlanDifference.Move) -> String {
        let version =
            move.old.version == move.new.version ? move.new.version : "\(move.old.version) → \(move.new.version)"
        let status =
            move.old.status == move.new.status
            ? move.new.status.rawValue : "\(move.old.status.rawValue) → \(move.new.status.rawValue)"
        return "\(move.name) \(version): \(status)"
    }

    // MARK: Markdown

    package func markdown() -> [UInt8] {
        var lines = ["## Leaving \(removed): \(difference.old.title) to \(difference.new.title)", "", headline, ""]
        lines += ["| status | before | now | |", "| --- | ---: | ---: | ---: |"]
        for status in Status.allCases {
            let before = PlanDifference.count(status, in: difference.old)
            let now = PlanDifference.count(status, in: difference.new)
            guard before + now > 0 else { continue }
            let change = now - before
            let shown = change == 0 ? "" : change > 0 ? "+\(change)" : "\(change)"
            lines.append("| \(status.rawValue) | \(before) | \(now) | \(shown) |")
        }
        for group in groups where !group.moves.isEmpty {
            lines += ["", "### \(group.title) (\(group.moves.count))", ""]
            lines += group.moves.map { "- " + words($0) }
        }
        for group in lone where !group.entries.isEmpty {
            lines += ["", "### \(group.title) (\(group.entries.count))", ""]
            lines += group.entries.map { "- \($0.name).\($0.entry.version): \($0.entry.status.rawValue)" }
        }
        lines += ["", others, "", "Worlds: \(difference.old.world); \(difference.new.world)."]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    // MARK: JSON

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.diff/1")
            for (key, snapshot) in [("old", difference.old), ("new", difference.new)] {
                json.object(key) { json in
                    json.field("title", snapshot.title)
                    json.field("world", snapshot.world)
                    json.field("removed", snapshot.removed)
                    json.field("needing", PlanDifference.needing(snapshot))
                    json.object("totals") { json in
                        for status in Status.allCases {
                            json.field(status.rawValue, PlanDifference.count(status, in: snapshot))
                        }
                    }
                }
            }
            for group in groups {
                json.array(group.key) { json in
                    for move in group.moves {
                        json.compactObject { json in
                            json.field("name", move.name)
                            write("old", move.old, &json)
                            write("new", move.new, &json)
                        }
                    }
                }
            }
            for group in lone {
                json.array(group.key) { json in
                    for entry in group.entries {
                        json.compactObject { json in
                            json.field("name", entry.name)
                            write("entry", entry.entry, &json)
                        }
                    }
                }
            }
            json.field("others_appeared", difference.otherAppeared)
            json.field("others_vanished", difference.otherVanished)
        }
        json.finish()
        return json.bytes
    }

    private func write(_ key: String, _ entry: PlanSnapshot.Entry, _ json: inout JSONWriter) {
        json.object(key) { json in
            json.field("version", entry.version)
            json.field("status", entry.status.rawValue)
            json.field("needs_camlp4", entry.needsCamlp4)
            json.field("wave", entry.wave)
        }
    }
}

extension PlanSnapshot {
    /// Why a text is no plan.
    package struct Failure: Error, Hashable, Sendable {
        package let reason: String
    }

    /// Reads back a `plan.json`.
    package init(reading bytes: [UInt8], title: String) throws(Failure) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw Failure(reason: "is no JSON: \(error)")
        }
        guard json["schema"]?.string == "caravan.plan/1", let packages = json["packages"]?.array else {
            throw Failure(reason: "is no plan.json (schema caravan.plan/1)")
        }
        var entries: [String: Entry] = [:]
        for package in packages {
            guard let name = package["name"]?.string, let version = package["version"]?.string,
                let status = package["status"]?.string.flatMap(Status.init(rawValue:))
            else { throw Failure(reason: "has a package without name, version or a known status") }
            entries[name] = Entry(
                version: version, status: status, needsCamlp4: package["needs_camlp4"]?.bool ?? false,
                wave: package["wave"]?.int)
        }
        let world = json["world"]
        let date = json["repository"]?["date"]?.string
        self.init(
            title: date ?? title, removed: world?["removed"]?.strings ?? [],
            world: "OCaml \(world?["ocaml"]?.string ?? "any")", entries: entries)
    }
}
