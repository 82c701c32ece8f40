/// What a plan says of each package, read from a plan or from its report: enough to compare two.
package struct PlanSnapshot: Sendable {
    package struct Entry: Sendable, Hashable {
        package let version: String
        package let status: Status
        package let needsCamlp4: Bool
        package let wave: Int?

        package init(version: String, status: Status, needsCamlp4: Bool, wave: Int?) {
            self.version = version
            self.status = status
            self.needsCamlp4 = needsCamlp4
            self.wave = wave
        }
    }

    /// What to call it: a date, a file.
    package let title: String
    package let removed: [String]
    package let world: String
    /// By name.
    package let entries: [String: Entry]

    package init(title: String, removed: [String], world: String, entries: [String: Entry]) {
        self.title = title
        self.removed = removed
        self.world = world
        self.entries = entries
    }

    package init(_ plan: Plan, title: String, world: String) {
        self.init(
            title: title, removed: plan.removed, world: world,
            entries: Dictionary(
                plan.packages.map { entry in
                    (
                        entry.name,
                        Entry(
                            version: entry.version, status: entry.status, needsCamlp4: entry.needsCamlp4,
                            wave: entry.wave)
                    )
                }, uniquingKeysWith: { first, _ in first }))
    }
}

/// Who moved between two plans, and which way.
package struct PlanDifference: Sendable {
    package struct Move: Sendable, Hashable {
        package let name: String
        package let old: PlanSnapshot.Entry
        package let new: PlanSnapshot.Entry
    }

    package struct Lone: Sendable, Hashable {
        package let name: String
        package let entry: PlanSnapshot.Entry
    }

    package let old: PlanSnapshot
    package let new: PlanSnapshot
    /// Needed camlp4 and does not any more.
    package let freed: [Move]
    /// Did not need camlp4 and does now.
    package let tied: [Move]
    /// Another status, nearer to its end.
    package let nearer: [Move]
    /// Another status, further from its end.
    package let further: [Move]
    /// Another status that is no step on the way: installable no more, unreadable, or back from there.
    package let other: [Move]
    /// New names that have anything to do with camlp4, and those that are gone; how many others came and went.
    package let appeared: [Lone]
    package let vanished: [Lone]
    package let otherAppeared: Int
    package let otherVanished: Int

    package init(from old: PlanSnapshot, to new: PlanSnapshot) {
        self.old = old
        self.new = new
        let names = Set(old.entries.keys).union(new.entries.keys).sorted { left, right in
            left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        var groups: [Way: [Move]] = [:]
        var appeared: [Lone] = []
        var vanished: [Lone] = []
        for name in names {
            switch (old.entries[name], new.entries[name]) {
            case (let before?, let after?):
                guard let way = Way(before, after) else { continue }
                groups[way, default: []].append(Move(name: name, old: before, new: after))
            case (nil, let entry?): appeared.append(Lone(name: name, entry: entry))
            case (let entry?, nil): vanished.append(Lone(name: name, entry: entry))
            case (nil, nil): continue
            }
        }
        freed = groups[.freed] ?? []
        tied = groups[.tied] ?? []
        nearer = groups[.nearer] ?? []
        further = groups[.further] ?? []
        other = groups[.other] ?? []
        self.appeared = appeared.filter(\.entry.isTied)
        self.vanished = vanished.filter(\.entry.isTied)
        otherAppeared = appeared.count - self.appeared.count
        otherVanished = vanished.count - self.vanished.count
    }

    private enum Way {
        case freed, tied, nearer, further, other

        init?(_ before: PlanSnapshot.Entry, _ after: PlanSnapshot.Entry) {
            if before.needsCamlp4, !after.needsCamlp4, after.status.distance != nil {
                self = .freed
            } else if !before.needsCamlp4, after.needsCamlp4, before.status.distance != nil {
                self = .tied
            } else {
                guard before.status != after.status else { return nil }
                guard let from = before.status.distance, let to = after.status.distance else {
                    self = .other
                    return
                }
                guard from != to else { return nil }
                self = to < from ? .nearer : .further
            }
        }
    }

    /// How many packages need camlp4 in their latest version.
    package static func needing(_ snapshot: PlanSnapshot) -> Int {
        snapshot.entries.values.count { $0.needsCamlp4 }
    }

    /// Number of packages of a status.
    package static func count(_ status: Status, in snapshot: PlanSnapshot) -> Int {
        snapshot.entries.values.count { $0.status == status }
    }
}

extension PlanSnapshot.Entry {
    /// Whether the package has anything to do with camlp4.
    var isTied: Bool { needsCamlp4 || ![.free, .notInstallable].contains(status) }
}

extension Status {
    /// How far from the end of the way a status is; nil for those that are no place on it.
    var distance: Int? {
        switch self {
        case .free: 0
        case .legacy: 1
        case .optional: 2
        case .unreleased: 3
        case .declaredOnly: 4
        case .ready: 5
        case .blocked, .together: 6
        case .noReplacement: 7
        case .notInstallable, .unknown: nil
        }
    }
}
