import BuildFiles
import Findings
import OpamFormat
import Text

/// The dependencies of one opam file after a migration: rewriters in, bounds that held the package back lifted, an OCaml that
/// knows ppx asked for. What goes out was decided line by line before.
struct OpamMigration {
    struct Result {
        /// Beyond the entries of lists, which are set in `ListEditing`.
        var edits: [Edit] = []
        var notes: [String] = []
    }

    /// A package as the file depends on it.
    private struct Entry {
        let name: String
        let element: OpamValue
        let isOptional: Bool
    }

    /// The oldest OCaml that takes a ppx, as opam packages state it.
    private static let firstOCaml = "4.02.0"

    private let tree: OpamSyntaxTree
    private let build: CheckoutBuild
    private let migration: MetadataMigration
    private let entries: [Entry]
    private let formatVersion: FormatVersion
    private var isFormat2: Bool { formatVersion >= FormatVersion(major: 2, minor: 0) }
    private let isAlone: Bool

    init(_ build: CheckoutBuild, _ migration: MetadataMigration, opamCount: Int) {
        self.build = build
        self.migration = migration
        tree = OpamSyntaxTree(parsing: build.bytes)
        isAlone = opamCount <= 1
        formatVersion = OpamFile(tree).formatVersion
        entries = Self.entries(of: tree)
    }

    private static func entries(of tree: OpamSyntaxTree) -> [Entry] {
        var entries: [Entry] = []
        for case .field(let name, _, let value) in tree.items where name == "depends" || name == "depopts" {
            var pending = [value]
            while let value = pending.popLast() {
                switch value.kind {
                case .list(let values), .group(let values), .or(let values), .and(let values):
                    pending += values.reversed()
                case .string:
                    entries.append(Entry(name: tree.text(of: value), element: value, isOptional: name == "depopts"))
                case .option(let base, _):
                    entries.append(Entry(name: tree.text(of: base), element: value, isOptional: name == "depopts"))
                default: continue
                }
            }
        }
        return entries
    }

    /// - Parameter decisions: those on the file's own findings, in their order.
    func settle(_ editing: inout ListEditing, _ decisions: [MetadataMigration.Decision]) -> Result {
        var result = Result()
        let needed = migration.packagesNeeded(around: build, isAlone: isAlone, declared: Set(entries.map(\.name)))
        var added: [(text: String, isOptional: Bool)] = []
        for need in needed {
            let package = need.package
            if let entry = entries.first(where: { $0.name == package.opam }) {
                guard let from = package.from else { continue }
                if let edit = rebound(entry, from: Version(from), raises: package.role == .ppx) {
                    result.edits.append(edit)
                }
            } else if package.role != .library {
                let provider = entries.filter { need.providers.contains($0.name) }
                let isOptional = !provider.isEmpty && provider.allSatisfy(\.isOptional)
                added.append((text(of: need, decisions), isOptional))
            }
        }
        // A bound that was lifted held others of its release back too.
        let lifted = Set(needed.flatMap { need in upperBounds(of: need.package) })
        for entry in entries where !needed.contains(where: { $0.package.opam == entry.name }) {
            if let edit = without(lifted, entry) { result.edits.append(edit) }
        }
        for isOptional in [false, true] {
            let texts = added.filter { $0.isOptional == isOptional }.map(\.text)
            if !texts.isEmpty { put(texts, in: isOptional ? "depopts" : "depends", &editing, decisions, &result) }
        }
        if needed.contains(where: { $0.package.role == .ppx }) {
            let ocaml = needed.compactMap(\.ocaml).map { Version($0) }.max() ?? Version(Self.firstOCaml)
            requireOCaml(max(ocaml, Version(Self.firstOCaml)), &editing, &result)
        }
        result.edits = Self.joined(result.edits)
        return result
    }

    /// Insertions at one place made one, in their order: a bound behind the last entry, and the entries that come then.
    private static func joined(_ edits: [Edit]) -> [Edit] {
        var joined: [Edit] = []
        for edit in edits {
            if edit.range.isEmpty, let index = joined.firstIndex(where: { $0.range == edit.range }) {
                let text = joined[index].replacement + edit.replacement
                joined[index] = Edit(edit.range, text, side: joined[index].side)
            } else {
                joined.append(edit)
            }
        }
        return joined
    }

    // MARK: new entries

    private func text(of need: MetadataMigration.Need, _ decisions: [MetadataMigration.Decision]) -> String {
        var conditions: [String] = []
        if need.isForTests {
            conditions.append(isFormat2 ? "with-test" : "test")
        } else if need.package.role == .tool || isBuildOnly(decisions) {
            conditions.append("build")
        }
        if let from = need.package.from { conditions.append(">= \"\(from)\"") }
        let braces = conditions.isEmpty ? "" : " {\(conditions.joined(separator: " & "))}"
        return "\"\(need.package.opam)\"\(braces)"
    }

    /// As the camlp4 packages that go were declared; dune's packages name what they run among the others.
    private func isBuildOnly(_ decisions: [MetadataMigration.Decision]) -> Bool {
        guard !migration.hasDune else { return false }
        let dropped = droppedEntries(decisions)
        return !dropped.isEmpty
            && dropped.allSatisfy { entry in
                guard case .option(_, let conditions) = entry.element.kind else { return false }
                return conditions.contains {
                    build.bytes.text($0.range).split { " &()".contains($0) }.contains("build")
                }
            }
    }

    private func droppedEntries(_ decisions: [MetadataMigration.Decision]) -> [Entry] {
        let ranges = zip(build.result.findings, decisions).filter { !$0.1.isKept }.map(\.0.range)
        return entries.filter { entry in ranges.contains { entry.element.range.contains($0) } }
    }

    private func put(
        _ texts: [String], in field: String, _ editing: inout ListEditing, _ decisions: [MetadataMigration.Decision],
        _ result: inout Result
    ) {
        let isOptional = field == "depopts"
        // In the place of what goes, so that a list keeps its shape.
        if let place = droppedEntries(decisions).first(where: { $0.isOptional == isOptional }),
            let entry = editing.entry(around: place.element.range)
        {
            editing.set(entry.range, .replace(texts))
            return
        }
        guard let value = value(of: field) else {
            let indent = texts.map { "  \($0)" }.joined(separator: "\n")
            append("\(field): [\n\(indent)\n]", &result)
            return
        }
        guard case .list(let elements) = value.kind, let last = elements.last else {
            if case .list = value.kind {
                result.edits.append(Edit(value.range, "[\(texts.joined(separator: " "))]"))
            } else {
                let old = build.bytes.text(value.range)
                result.edits.append(Edit(value.range, "[\(([old] + texts).joined(separator: " "))]"))
            }
            return
        }
        let place = ByteRange(last.range.start, last.range.end)
        let list = editing.entry(around: place)?.list ?? EntryList([place], .blank, hasConstraints: true)
        let gap = editing.gap(in: list, at: place)
        // Behind a comment on the last entry's line the list goes on below it.
        result.edits.append(
            Edit(ByteRange(last.range.end, last.range.end), texts.map { gap + $0 }.joined(), side: .closing))
    }

    private func append(_ text: String, _ result: inout Result) {
        let end = build.bytes.count
        let isEnded = build.bytes.last == 0x0A || build.bytes.isEmpty
        result.edits.append(Edit(ByteRange(end, end), (isEnded ? "" : "\n") + text + "\n"))
    }

    private func value(of field: String) -> OpamValue? {
        for case .field(field, _, let value) in tree.items { return value }
        return nil
    }

    // MARK: bounds

    /// The entry with upper bounds that exclude `from` lifted and, where asked for, its lower bound raised to it.
    private func rebound(_ entry: Entry, from: Version, raises: Bool) -> Edit? {
        guard case .option(let base, let conditions) = entry.element.kind else {
            guard raises, !entry.isOptional else { return nil }
            return Edit(
                ByteRange(entry.element.range.end, entry.element.range.end), " {>= \"\(from.text)\"}", side: .closing)
        }
        guard let condition = conditions.first, conditions.count == 1 else { return nil }
        var parts = [condition]
        if case .and(let inner) = condition.kind { parts = inner }
        var texts: [String] = []
        var hasLower = false
        var isChanged = false
        for part in parts {
            guard case .prefixRelop(let relop, let operand) = part.kind, case .string = operand.kind else {
                texts.append(build.bytes.text(part.range))
                continue
            }
            let version = Version(tree.text(of: operand))
            switch relop {
            case .less where version <= from, .lessOrEqual where version < from, .equal where version < from:
                isChanged = true
            case .greaterOrEqual, .greater:
                hasLower = true
                let isRaised = raises && version < from
                isChanged = isChanged || isRaised
                texts.append(isRaised ? ">= \"\(from.text)\"" : build.bytes.text(part.range))
            default: texts.append(build.bytes.text(part.range))
            }
        }
        if raises, !hasLower {
            isChanged = true
            texts.append(">= \"\(from.text)\"")
        }
        guard isChanged else { return nil }
        let braces = texts.isEmpty ? "" : " {\(texts.joined(separator: " & "))}"
        return Edit(ByteRange(base.range.end, entry.element.range.end), braces)
    }

    /// The upper bounds on a package that exclude the version from which on it is wanted.
    private func upperBounds(of package: Replacement.Package) -> [String] {
        guard let from = package.from else { return [] }
        return entries.filter { $0.name == package.opam }.flatMap { conditions(of: $0) }.compactMap { part in
            guard case .prefixRelop(.less, let operand) = part.kind, case .string = operand.kind else { return nil }
            let text = tree.text(of: operand)
            return Version(text) <= Version(from) ? text : nil
        }
    }

    private func conditions(of entry: Entry) -> [OpamValue] {
        guard case .option(_, let conditions) = entry.element.kind, conditions.count == 1 else { return [] }
        if case .and(let inner) = conditions[0].kind { return inner }
        return conditions
    }

    private func without(_ bounds: Set<String>, _ entry: Entry) -> Edit? {
        guard !bounds.isEmpty, case .option(let base, _) = entry.element.kind else { return nil }
        let parts = conditions(of: entry)
        let kept = parts.filter { part in
            guard case .prefixRelop(.less, let operand) = part.kind, case .string = operand.kind else { return true }
            return !bounds.contains(tree.text(of: operand))
        }
        guard kept.count < parts.count else { return nil }
        let braces = kept.map { build.bytes.text($0.range) }.joined(separator: " & ")
        return Edit(ByteRange(base.range.end, entry.element.range.end), braces.isEmpty ? "" : " {\(braces)}")
    }

    // MARK: OCaml

    private func requireOCaml(_ version: Version, _ editing: inout ListEditing, _ result: inout Result) {
        if isFormat2 || entries.contains(where: { $0.name == "ocaml" }) {
            guard let entry = entries.first(where: { $0.name == "ocaml" }) else {
                guard case .list(let elements)? = value(of: "depends")?.kind, let first = elements.first else { return }
                let list =
                    editing.entry(around: first.range)?.list ?? EntryList([first.range], .blank, hasConstraints: true)
                let text = "\"ocaml\" {>= \"\(version.text)\"}" + editing.gap(in: list, at: first.range)
                result.edits.append(Edit(ByteRange(first.range.start, first.range.start), text))
                return
            }
            if let edit = rebound(entry, from: version, raises: true) { result.edits.append(edit) }
            return
        }
        let bound = "ocaml-version >= \"\(version.text)\""
        guard let available = value(of: "available") else {
            // Before format 1.2 the field that states it is one that opam takes no more.
            guard formatVersion >= FormatVersion(major: 1, minor: 2) else {
                result.notes.append(
                    "say that OCaml \(version.text) or later is needed (opam-version 1.2 has `available`)")
                return
            }
            let field = tree.items.compactMap { item -> ByteRange? in
                guard case .field("depends", let name, let value) = item else { return nil }
                return ByteRange(name.start, value.range.end)
            }.first
            if let field {
                result.edits.append(Edit(ByteRange(field.end, field.end), "\navailable: [\(bound)]", side: .closing))
            } else {
                append("available: [\(bound)]", &result)
            }
            return
        }
        raise(available, version, bound, &result)
    }

    private func raise(_ available: OpamValue, _ version: Version, _ bound: String, _ result: inout Result) {
        var pending = [available]
        var hasBound = false
        var hasAlternatives = false
        while let value = pending.popLast() {
            switch value.kind {
            case .list(let inner), .group(let inner), .and(let inner): pending += inner
            case .or(let inner):
                hasAlternatives = true
                pending += inner
            case .relop(let relop, let left, let right):
                guard tree.text(of: left) == "ocaml-version", case .string = right.kind else { continue }
                let stated = Version(tree.text(of: right))
                switch relop {
                case .greaterOrEqual, .greater, .equal:
                    hasBound = true
                    if stated < version { result.edits.append(Edit(right.range, "\"\(version.text)\"")) }
                case .less where stated <= version, .lessOrEqual where stated < version:
                    result.notes.append("available: asks for an OCaml older than \(version.text), which has no ppx")
                default: continue
                }
            default: continue
            }
        }
        guard !hasBound else { return }
        guard !hasAlternatives else {
            result.notes.append("available: state \(bound)")
            return
        }
        if case .list(let inner) = available.kind {
            guard let first = inner.first else {
                result.edits.append(Edit(available.range, "[\(bound)]"))
                return
            }
            result.edits.append(Edit(ByteRange(first.range.start, first.range.start), bound + " & "))
        } else {
            result.edits.append(Edit(ByteRange(available.range.start, available.range.start), bound + " & "))
        }
    }
}
