package import Planning
package import Reporting
import Universe

/// A plan as an SQLite database: tables for every list of `plan.json`, views for the questions that people ask, and five
/// example queries in a table of their own. The schema with its comments is `Schema.swift`, and in the database itself.
package enum PlanDatabase {
    /// - Parameter history: the burn-down; its table is empty where there is none.
    /// - Throws: only if SQLite does not take a statement of ours.
    package static func render(
        _ plan: Plan, _ provenance: Provenance, _ history: [BurnDownPoint]
    ) throws -> [UInt8] {
        let database = try MemoryDatabase()
        try database.run("BEGIN")
        try database.run(Schema.tables)
        try database.run(Schema.views)
        try database.insert(into: "about", about(plan, provenance))
        try database.insert(into: "example_queries", Schema.examples.map { [.init($0.question), .init($0.query)] })
        try database.insert(into: "packages", plan.packages.map(package))
        try database.insert(into: "dependencies", dependencies(plan))
        try database.insert(into: "blocks", pairs(plan) { entry in entry.blockedBy.map { [$0, entry.name] } })
        try database.insert(
            into: "package_extensions", pairs(plan) { entry in entry.extensions.map { [entry.name, $0] } })
        try database.insert(
            into: "maintainers", pairs(plan) { entry in maintainerNames(entry).map { [entry.name, $0] } })
        try database.insert(into: "actions", numbered(plan, \.actions))
        try database.insert(into: "path", numbered(plan) { $0.path.map(\.name) })
        try database.insert(
            into: "waves", plan.waves.map { [.init($0.number), .init($0.packages.count), .init($0.frees)] })
        try database.insert(
            into: "flag_days",
            plan.flagDays.flatMap { day in
                day.packages.map { [.init(day.id), .init($0), .init(day.reason), .init(day.isProved)] }
            })
        try database.insert(
            into: "precedences", plan.precedences.map { [.init($0.first), .init($0.second), .init($0.drops)] })
        try database.insert(
            into: "replacements",
            SyntaxPackage.all.map { syntax in
                [
                    .init(syntax.name), .init(syntax.extension), .init(syntax.replacement), .init(syntax.since),
                    .init(syntax.isReplaceable(on: plan.date)),
                ]
            })
        try database.insert(
            into: "history",
            history.map { point in
                [
                    .init(point.date), .init(point.commit), .init(point.names), .init(point.direct.count),
                    .init(point.reachingNames), .init(point.needing),
                ]
            })
        try database.run("COMMIT")
        return try database.bytes()
    }

    private typealias Row = [MemoryDatabase.Value]

    private static func about(_ plan: Plan, _ provenance: Provenance) -> [Row] {
        [
            ("schema", "caravan.database/1"), ("revision", provenance.revision), ("date", provenance.date),
            ("files", String(provenance.files)), ("world", plan.world.summary), ("target", plan.date),
            ("removed", plan.removed.joined(separator: ",")), ("method", plan.method),
        ].map { [.init($0.0), .init($0.1)] }
    }

    private static func package(_ entry: PlanEntry) -> Row {
        [
            .init(entry.name), .init(entry.version), .init(entry.status.rawValue), .init(entry.evidence.rawValue),
            .init(entry.available), .init(entry.needsCamlp4), .init(entry.isCarriedAlong), .init(entry.wave),
            .init(entry.startsIn), .init(entry.rank), .init(entry.frees), .init(entry.directDependents),
            .init(entry.transitiveDependents), .init(entry.optionalDependents), .init(entry.effort.constructs),
            .init(entry.effort.lines), .init(entry.effort.isEstimated), .init(entry.flagDay), .init(entry.pathText),
        ]
    }

    private static func dependencies(_ plan: Plan) -> [Row] {
        let names = plan.graph.universe.names
        return plan.graph.edges.joined().map { edge in
            [.init(names[edge.from]), .init(names[edge.to]), .init(edge.kind.rawValue), .init(edge.constraint)]
        }
    }

    private static func pairs(_ plan: Plan, _ rows: (PlanEntry) -> [[String]]) -> [Row] {
        plan.packages.flatMap(rows).map { $0.map { .init($0) } }
    }

    private static func numbered(_ plan: Plan, _ texts: (PlanEntry) -> [String]) -> [Row] {
        plan.packages.flatMap { entry in
            texts(entry).enumerated().map { [.init(entry.name), .init($0 + 1), .init($1)] }
        }
    }

    private static func maintainerNames(_ entry: PlanEntry) -> [String] {
        var seen: Set<String> = []
        return entry.maintainerNames.filter { seen.insert($0).inserted }
    }
}
