import Text

/// What the planner needs of an opam file, read from its syntax tree, formats 1 to 2.2 alike.
///
/// The older formats are read as opam 2 upgrades them: the fields `ocaml-version` and `os` restrict `available`, names of
/// systems and architectures are today's. A field that cannot be read is left out and named in `errors`, as opam does;
/// the rest of the file counts.
package struct OpamFile: Sendable {
    package var formatVersion = FormatVersion(major: 0, minor: 0)
    package var depends: PackageFormula = .empty
    /// A list here means "or" in every format, and since 1.2 everything is an alternative.
    package var depopts: PackageFormula = .empty
    /// Always a disjunction of atoms, as opam reads it whatever is written.
    package var conflicts: PackageFormula = .empty
    package var conflictClasses: [String] = []
    package var available: Filter = .bool(true)
    package var flags: [String] = []
    package var tags: [String] = []
    package var maintainers: [String] = []
    package var homepage: String?
    package var devRepository: String?
    package var synopsis: String?
    /// Whether the sources are a version-controlled repository without a checksum, which opam takes for a development
    /// version.
    package var isDevelopmentVersion = false
    package var errors: [OpamError] = []
    /// Whether the file keeps to the format's grammar; where it does not, whole fields may be missing.
    package var isWellFormed = true
    /// The fields that `errors` left out.
    package var unreadFields: Set<String> = []

    package init() {}

    package init(parsing bytes: [UInt8]) {
        self.init(OpamSyntaxTree(parsing: bytes))
    }

    package init(_ tree: OpamSyntaxTree) {
        var reader = OpamFieldReader(tree)
        errors = tree.errors
        isWellFormed = tree.errors.isEmpty
        for case .field("opam-version", _, let value) in tree.items {
            formatVersion = FormatVersion(tree.text(of: value))
            break
        }
        let isOld = formatVersion < FormatVersion(major: 2, minor: 0)
        reader.isOldFormat = isOld
        var restrictions: [Filter] = []
        for item in tree.items {
            switch item {
            case .section("url", _, let items, _): isDevelopmentVersion = reader.isRepository(items)
            case .section: continue
            case .field(let name, let range, let value):
                guard reader.isFirst(name, range) else { continue }
                let errorsBefore = reader.errors.count
                defer { if reader.errors.count > errorsBefore { unreadFields.insert(name) } }
                switch name {
                case "depends": depends = reader.packageFormula(value, joining: Formula.conjunction) ?? .empty
                case "depopts": depopts = reader.packageFormula(value, joining: Formula.disjunction) ?? .empty
                case "conflicts": conflicts = reader.packageFormula(value, joining: Formula.disjunction) ?? .empty
                case "available": restrictions.append(reader.filter(of: reader.elements(value), value) ?? .bool(true))
                case "ocaml-version" where isOld: restrictions.append(contentsOf: reader.compilerRestriction(value))
                case "os" where isOld: restrictions.append(contentsOf: reader.systemRestriction(value))
                case "conflict-class": conflictClasses = reader.strings(value)
                case "flags": flags = reader.strings(value)
                case "tags": tags = reader.strings(value)
                case "maintainer": maintainers = reader.strings(value)
                case "homepage": homepage = reader.strings(value).first
                case "dev-repo": devRepository = reader.strings(value).first
                case "synopsis": synopsis = reader.strings(value).first
                default: continue
                }
            }
        }
        conflicts = .disjunction(conflicts.atoms.map(Formula.atom))
        if formatVersion >= FormatVersion(major: 1, minor: 2) {
            depopts = .disjunction(depopts.atoms.map(Formula.atom))
        }
        if let first = restrictions.first {
            available = restrictions.dropFirst().reduce(first) { .and($0, $1) }
        }
        errors += reader.errors
    }
}

/// Turns values of the syntax tree into formulas and filters.
struct OpamFieldReader {
    private let tree: OpamSyntaxTree
    private(set) var errors: [OpamError] = []
    private var seen: Set<String> = []
    var isOldFormat = false

    private struct BadFormat: Error {
        let message: String
        let range: ByteRange
    }

    init(_ tree: OpamSyntaxTree) {
        self.tree = tree
    }

    /// Whether the field has not occurred before; the first of several counts.
    mutating func isFirst(_ name: String, _ range: ByteRange) -> Bool {
        guard !seen.insert(name).inserted else { return true }
        report("the field `\(name)` stands here a second time; this one is not used", range)
        return false
    }

    private mutating func report(_ message: String, _ range: ByteRange) {
        errors.append(OpamError(message, at: tree.lines.position(of: range.start)))
    }

    /// The elements of a list; any other value is a list of one.
    func elements(_ value: OpamValue) -> [OpamValue] {
        if case .list(let values) = value.kind { return values }
        return [value]
    }

    /// The strings and words of a list, options stripped.
    func strings(_ value: OpamValue) -> [String] {
        elements(value).compactMap { element in
            switch element.kind {
            case .string, .ident: return tree.text(of: element)
            case .option(let inner, _):
                if case .string = inner.kind { return tree.text(of: inner) }
                return nil
            default: return nil
            }
        }
    }

    /// Whether the fields of a `url` section name a repository and no checksum.
    func isRepository(_ items: [OpamItem]) -> Bool {
        var address = ""
        for case .field(let name, _, let value) in items {
            switch name {
            case "src", "git", "hg", "darcs", "archive", "http": address = strings(value).first ?? ""
            case "checksum": return false
            default: continue
            }
            if ["git", "hg", "darcs"].contains(name) { return true }
        }
        return ["git+", "git:", "hg+", "hg:", "darcs+", "darcs:"].contains { address.hasPrefix($0) }
            || address.hasSuffix(".git")
    }

    // MARK: Package formulas

    mutating func packageFormula(
        _ value: OpamValue, joining: ([PackageFormula]) -> PackageFormula
    ) -> PackageFormula? {
        do {
            let parts = try mapped(elements(value)) { (value) throws(BadFormat) in
                try packages(value, joining: joining)
            }
            return joining(parts)
        } catch {
            report(error.message, error.range)
            return nil
        }
    }

    private func packages(
        _ value: OpamValue, joining: ([PackageFormula]) -> PackageFormula
    ) throws(BadFormat) -> PackageFormula {
        switch value.kind {
        case .string: return .atom(Dependency(name: try packageName(value)))
        case .option(let base, let braces):
            let name = try packageName(base)
            return .atom(Dependency(name: name, conditions: try conditions(braces)))
        case .group(let values):
            return joining(try mapped(values) { (value) throws(BadFormat) in try packages(value, joining: joining) })
        case .or(let values):
            return .disjunction(
                try mapped(values) { (value) throws(BadFormat) in try packages(value, joining: joining) })
        case .and(let values):
            return .conjunction(
                try mapped(values) { (value) throws(BadFormat) in try packages(value, joining: joining) })
        default:
            throw BadFormat(message: "expected a package name in quotes", range: value.range)
        }
    }

    private func mapped<Result>(
        _ values: [OpamValue], _ transform: (OpamValue) throws(BadFormat) -> Result
    ) throws(BadFormat) -> [Result] {
        var results: [Result] = []
        for value in values { results.append(try transform(value)) }
        return results
    }

    private func packageName(_ value: OpamValue) throws(BadFormat) -> String {
        guard case .string = value.kind else {
            throw BadFormat(message: "expected a package name in quotes", range: value.range)
        }
        let name = tree.text(of: value)
        guard PackageName.isValid(name) else {
            throw BadFormat(message: "`\(name)` is not a package name", range: value.range)
        }
        return name
    }

    // MARK: Conditions in braces

    private func conditions(_ values: [OpamValue]) throws(BadFormat) -> Formula<Dependency.Condition> {
        .conjunction(try mapped(values) { (value) throws(BadFormat) in try condition(value, negated: false) })
    }

    private func condition(
        _ value: OpamValue, negated: Bool
    ) throws(BadFormat) -> Formula<Dependency.Condition> {
        switch value.kind {
        case .prefixRelop(let relop, let version):
            return .atom(.version(negated ? relop.negated : relop, try versionExpression(version)))
        case .and(let values), .or(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try condition(value, negated: negated) }
            var isConjunction = negated
            if case .and = value.kind { isConjunction = !negated }
            return isConjunction ? .conjunction(parts) : .disjunction(parts)
        case .group(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try condition(value, negated: negated) }
            return negated ? .disjunction(parts) : .conjunction(parts)
        case .not(let operand):
            return try condition(operand, negated: !negated)
        default:
            let filter = try self.filter(value)
            return .atom(.filter(negated ? .not(filter) : filter))
        }
    }

    private func versionExpression(_ value: OpamValue) throws(BadFormat) -> Filter {
        switch value.kind {
        case .string:
            let text = tree.text(of: value)
            guard Version.isValid(Filter.expand(text) { _ in .string("-") }) else {
                throw BadFormat(message: "`\(text)` is not a version", range: value.range)
            }
            return .string(text)
        case .ident: return .variable(Filter.Variable(tree.text(of: value)))
        default: throw BadFormat(message: "expected a version in quotes", range: value.range)
        }
    }

    // MARK: Filters

    /// The filter in a list of one element (none means true); nil after an error.
    mutating func filter(of values: [OpamValue], _ whole: OpamValue) -> Filter? {
        do {
            return try filter(values, whole.range)
        } catch {
            report(error.message, error.range)
            return nil
        }
    }

    private func filter(_ values: [OpamValue], _ range: ByteRange) throws(BadFormat) -> Filter {
        guard let first = values.first else { return .bool(true) }
        guard values.count == 1 else {
            throw BadFormat(message: "expected a single filter; join them with `&` or `|`", range: range)
        }
        return try filter(first)
    }

    private func filter(_ value: OpamValue) throws(BadFormat) -> Filter {
        switch value.kind {
        case .bool: return .bool(tree.text(of: value) == "true")
        case .string, .int: return .string(tree.text(of: value))
        case .ident: return .variable(Filter.Variable(tree.text(of: value)))
        case .group(let values): return try filter(values, value.range)
        case .relop(let relop, let left, let right):
            return .relop(relop, try today(filter(left), beside: right), try today(filter(right), beside: left))
        case .not(let operand): return .not(try filter(operand))
        case .defined(let operand): return .defined(try filter(operand))
        case .and(let values): return try joined(values) { .and($0, $1) }
        case .or(let values): return try joined(values) { .or($0, $1) }
        default: throw BadFormat(message: "this cannot stand in a filter", range: value.range)
        }
    }

    private func joined(
        _ values: [OpamValue], _ join: (Filter, Filter) -> Filter
    ) throws(BadFormat) -> Filter {
        let parts = try mapped(values) { (value) throws(BadFormat) in try filter(value) }
        guard let first = parts.first else { return .bool(true) }
        return parts.dropFirst().reduce(first, join)
    }

    // MARK: What the old formats say otherwise

    /// Old names of systems and architectures, beside the variables that hold them.
    private func today(_ filter: Filter, beside other: OpamValue) -> Filter {
        guard isOldFormat, case .string(let text) = filter, case .ident = other.kind else { return filter }
        switch tree.text(of: other) {
        case "os": return .string(Self.system(text))
        case "arch": return .string(Self.architecture(text))
        default: return filter
        }
    }

    private static func system(_ name: String) -> String {
        switch name.lowercased() {
        case "darwin", "osx": "macos"
        case let other: other
        }
    }

    private static func architecture(_ name: String) -> String {
        switch name.lowercased() {
        case "amd64", "x64", "x86_64": "x86_64"
        case "x86", "i386", "i486", "i586", "i686": "x86_32"
        case "powerpc", "ppc", "ppcle": "ppc32"
        case "ppc64", "ppc64le": "ppc64"
        case "aarch64_be", "aarch64": "arm64"
        case let other where other.hasPrefix("armv5") || other.hasPrefix("armv6") || other.hasPrefix("armv7"): "arm32"
        case let other: other
        }
    }

    /// `ocaml-version: [>= "4.00"]` as a filter on the variable of that name.
    mutating func compilerRestriction(_ value: OpamValue) -> [Filter] {
        do {
            let parts = try mapped(elements(value)) { (value) throws(BadFormat) in try compiler(value) }
            guard let first = parts.first else { return [] }
            return [parts.dropFirst().reduce(first) { .and($0, $1) }]
        } catch {
            report(error.message, error.range)
            return []
        }
    }

    private func compiler(_ value: OpamValue) throws(BadFormat) -> Filter {
        switch value.kind {
        case .prefixRelop(let relop, let version):
            return .relop(relop, .variable(Filter.Variable("ocaml-version")), try versionExpression(version))
        case .and(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try compiler(value) }
            return parts.dropFirst().reduce(parts.first ?? .bool(true)) { .and($0, $1) }
        case .or(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try compiler(value) }
            return parts.dropFirst().reduce(parts.first ?? .bool(true)) { .or($0, $1) }
        case .not(let operand): return .not(try compiler(operand))
        case .group(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try compiler(value) }
            return parts.dropFirst().reduce(parts.first ?? .bool(true)) { .and($0, $1) }
        default: throw BadFormat(message: "expected a constraint such as `>= \"4.00.0\"`", range: value.range)
        }
    }

    /// `os: ["linux" "darwin"]`, where a list means "or", as a filter on the variable of that name.
    mutating func systemRestriction(_ value: OpamValue) -> [Filter] {
        do {
            let parts = try mapped(elements(value)) { (value) throws(BadFormat) in try system(value) }
            guard let first = parts.first else { return [] }
            return [parts.dropFirst().reduce(first) { .or($0, $1) }]
        } catch {
            report(error.message, error.range)
            return []
        }
    }

    private func system(_ value: OpamValue) throws(BadFormat) -> Filter {
        switch value.kind {
        case .string:
            let name = Self.system(tree.text(of: value))
            return .relop(.equal, .variable(Filter.Variable("os")), .string(name))
        case .not(let operand): return .not(try system(operand))
        case .and(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try system(value) }
            return parts.dropFirst().reduce(parts.first ?? .bool(true)) { .and($0, $1) }
        case .or(let values), .group(let values):
            let parts = try mapped(values) { (value) throws(BadFormat) in try system(value) }
            return parts.dropFirst().reduce(parts.first ?? .bool(true)) { .or($0, $1) }
        default: throw BadFormat(message: "expected the name of a system in quotes", range: value.range)
        }
    }
}
