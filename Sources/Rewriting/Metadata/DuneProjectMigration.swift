import BuildFiles
import Findings
import OpamFormat
import Text

/// The dependencies of the packages in a `dune-project` after a migration, package by package: the same rewriters and bounds as
/// `OpamMigration` writes, so that the opam files that dune makes of them are those that stand there already.
struct DuneProjectMigration {
    /// A package as a stanza depends on it: `lwt`, `(lwt :build)`, `(lwt (and :build (>= 2.4)))`.
    private struct Entry {
        let name: String
        let range: ByteRange
        /// What holds all at once; empty where nothing is said.
        let conditions: [SExpression]
        /// Whether the conditions are alternatives or otherwise more than such a list.
        let isPlain: Bool
        let isOptional: Bool
    }

    private let build: CheckoutBuild
    private let migration: MetadataMigration
    private let packages: [[Entry]]

    init(_ build: CheckoutBuild, _ migration: MetadataMigration) {
        self.build = build
        self.migration = migration
        var parser = SExpressionParser(bytes: build.bytes)
        let stanzas = parser.parse().compactMap(\.items)
        packages = stanzas.filter { items in items.first.map { build.bytes.text($0.range) } == "package" }.map {
            items in
            items.dropFirst().flatMap { Self.entries(of: $0, build.bytes) }
        }
    }

    private static func entries(of field: SExpression, _ bytes: [UInt8]) -> [Entry] {
        guard let items = field.items, let head = items.first else { return [] }
        let name = bytes.text(head.range)
        guard name == "depends" || name == "depopts" else { return [] }
        return items.dropFirst().map { item in
            guard let parts = item.items, let first = parts.first else {
                return Entry(
                    name: bytes.text(item.range), range: item.range, conditions: [], isPlain: true,
                    isOptional: name == "depopts")
            }
            var conditions = Array(parts.dropFirst())
            if conditions.count == 1, let inner = conditions[0].items,
                inner.first.map({ bytes.text($0.range) }) == "and"
            {
                conditions = Array(inner.dropFirst())
            }
            let isPlain = !conditions.contains { condition in
                condition.items?.first.map { ["or", "and"].contains(bytes.text($0.range)) } ?? false
            }
            return Entry(
                name: bytes.text(first.range), range: item.range, conditions: conditions, isPlain: isPlain,
                isOptional: name == "depopts")
        }
    }

    /// - Parameter decisions: those on the file's own findings, in their order.
    func settle(_ editing: inout ListEditing, _ decisions: [MetadataMigration.Decision]) {
        let dropped = zip(build.result.findings, decisions).filter { !$0.1.isKept }.map(\.0.range)
        for entries in packages { settle(entries, dropped, &editing) }
    }

    private func settle(_ entries: [Entry], _ dropped: [ByteRange], _ editing: inout ListEditing) {
        let needed = migration.packagesNeeded(
            around: build, isAlone: packages.count == 1, declared: Set(entries.map(\.name)))
        var texts: [ByteRange: String] = [:]
        var added: [String] = []
        for need in needed {
            let package = need.package
            if let entry = entries.first(where: { $0.name == package.opam }) {
                if let from = package.from {
                    texts[entry.range] = rebound(entry, from: Version(from), raises: package.role == .ppx)
                }
            } else if package.role != .library {
                added.append(text(of: need))
            }
        }
        // A bound that was lifted held others of its release back too.
        let lifted = Set(needed.flatMap { need in upperBounds(of: need.package, entries) })
        for entry in entries where !needed.contains(where: { $0.package.opam == entry.name }) {
            if let text = without(lifted, entry) { texts[entry.range] = text }
        }
        if needed.contains(where: { $0.package.role == .ppx }) {
            let ocaml = max(needed.compactMap(\.ocaml).map { Version($0) }.max() ?? firstOCaml, firstOCaml)
            if let entry = entries.first(where: { $0.name == "ocaml" }) {
                if let text = rebound(entry, from: ocaml, raises: true) { texts[entry.range] = text }
            } else if let first = entries.first(where: { !$0.isOptional }) {
                let old = texts[first.range] ?? build.bytes.text(first.range)
                put(["(ocaml (>= \(ocaml.text)))"], beside: first, old, isBefore: true, dropped, &texts, &editing)
            }
        }
        if !added.isEmpty { put(added, entries, dropped, &texts, &editing) }
        for (range, text) in texts.sorted(by: { $0.key < $1.key }) { editing.set(range, .replace([text])) }
    }

    private var firstOCaml: Version { Version("4.02.0") }

    // MARK: new entries

    /// In the place of the first that goes, else behind the last.
    private func put(
        _ added: [String], _ entries: [Entry], _ dropped: [ByteRange], _ texts: inout [ByteRange: String],
        _ editing: inout ListEditing
    ) {
        let required = entries.filter { !$0.isOptional }
        if let place = required.first(where: { isDropped($0, dropped) }) {
            let before = texts.removeValue(forKey: place.range).map { [$0] } ?? []
            editing.set(place.range, .replace(before + added))
        } else if let last = required.last {
            put(
                added, beside: last, texts[last.range] ?? build.bytes.text(last.range), isBefore: false, dropped,
                &texts, &editing)
        }
    }

    /// Written into the text of an entry that stays; into the place of one that goes.
    private func put(
        _ added: [String], beside entry: Entry, _ old: String, isBefore: Bool, _ dropped: [ByteRange],
        _ texts: inout [ByteRange: String], _ editing: inout ListEditing
    ) {
        let list = editing.entry(around: entry.range)?.list
        let gap = list.map { editing.gap(in: $0, at: entry.range) } ?? " "
        let kept = isDropped(entry, dropped) ? [] : [old]
        texts[entry.range] = (isBefore ? added + kept : kept + added).joined(separator: gap)
    }

    private func isDropped(_ entry: Entry, _ dropped: [ByteRange]) -> Bool {
        dropped.contains { entry.range.contains($0) }
    }

    private func text(of need: MetadataMigration.Need) -> String {
        var conditions: [String] = []
        if need.isForTests { conditions.append(":with-test") }
        if let from = need.package.from { conditions.append("(>= \(from))") }
        return text(need.package.opam, conditions)
    }

    private func text(_ name: String, _ conditions: [String]) -> String {
        switch conditions.count {
        case 0: name
        case 1: "(\(name) \(conditions[0]))"
        default: "(\(name) (and \(conditions.joined(separator: " "))))"
        }
    }

    // MARK: bounds

    /// `(>= 2.4)` as its sign and version.
    private func bound(_ condition: SExpression) -> (sign: String, version: String)? {
        guard let items = condition.items, items.count == 2, items.allSatisfy({ $0.items == nil }) else { return nil }
        let version = build.bytes.text(items[1].range).filter { $0 != "\"" }
        return (build.bytes.text(items[0].range), version)
    }

    /// The entry with upper bounds that exclude `from` lifted and, where asked for, its lower bound raised to it; nil where
    /// it is as it should be, or a person has to look at it.
    private func rebound(_ entry: Entry, from: Version, raises: Bool) -> String? {
        guard entry.isPlain else { return nil }
        if entry.conditions.isEmpty {
            return raises && !entry.isOptional ? text(entry.name, ["(>= \(from.text))"]) : nil
        }
        var texts: [String] = []
        var hasLower = false
        var isChanged = false
        for condition in entry.conditions {
            let old = build.bytes.text(condition.range)
            guard let (sign, version) = bound(condition) else {
                texts.append(old)
                continue
            }
            switch sign {
            case "<" where Version(version) <= from, "<=" where Version(version) < from,
                "=" where Version(version) < from:
                isChanged = true
            case ">=", ">":
                hasLower = true
                let isRaised = raises && Version(version) < from
                isChanged = isChanged || isRaised
                texts.append(isRaised ? "(>= \(from.text))" : old)
            default: texts.append(old)
            }
        }
        if raises, !hasLower {
            isChanged = true
            texts.append("(>= \(from.text))")
        }
        return isChanged ? text(entry.name, texts) : nil
    }

    /// The upper bounds on a package that exclude the version from which on it is wanted.
    private func upperBounds(of package: Replacement.Package, _ entries: [Entry]) -> [String] {
        guard let from = package.from else { return [] }
        return entries.filter { $0.name == package.opam }.flatMap(\.conditions).compactMap { condition in
            guard let (sign, version) = bound(condition), sign == "<" else { return nil }
            return Version(version) <= Version(from) ? version : nil
        }
    }

    private func without(_ bounds: Set<String>, _ entry: Entry) -> String? {
        guard !bounds.isEmpty, entry.isPlain else { return nil }
        let kept = entry.conditions.filter { condition in
            guard let (sign, version) = bound(condition), sign == "<" else { return true }
            return !bounds.contains(version)
        }
        guard kept.count < entry.conditions.count else { return nil }
        return text(entry.name, kept.map { build.bytes.text($0.range) })
    }
}
