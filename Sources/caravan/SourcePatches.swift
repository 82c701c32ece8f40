import Catalogue
import Findings
import Planning
import Reporting
import Rewriting
import Text
import Universe

/// The patches that `caravan rewrite` would make of the sources below `--sources`, for the packages of a plan that have
/// something of their own to move.
struct SourcePatches {
    private let matching: SourceMatching
    private let date: String?
    private let aim: Aim
    private let jobs: Int

    /// - Parameter date: the day at whose end the newest sources count; today's state where nil.
    init(_ matching: SourceMatching, on date: String?, target: String, jobs: Int) {
        self.matching = matching
        self.date = date
        self.jobs = jobs
        var aim = Aim()
        if let target = TargetDate(target) { aim.target = target }
        self.aim = aim
    }

    /// By names of packages; those whose sources are not at hand or need nothing are not in it.
    func patches(for plan: Plan) async -> [String: PlanBundle.SourcePatch] {
        var result: [String: PlanBundle.SourcePatch] = [:]
        for entry in plan.packages where entry.wave != nil && !entry.isCarriedAlong {
            guard let name = plan.graph.universe.position(of: entry.name),
                let patch = await patch(of: name)
            else { continue }
            result[entry.name] = patch
        }
        return result
    }

    /// Of the newest sources, which are what a maintainer works on; of the latest release where there are no others.
    private func patch(of name: Int) async -> PlanBundle.SourcePatch? {
        var place = await matching.newest(of: name, on: date)
        if place == nil { place = matching.universe.versions[name].last.flatMap(matching.release) }
        guard let place, let files = try? await matching.files(of: name, at: place) else { return nil }
        var inputs = ScanInputs(.unconfigured)
        for file in files { inputs.add(file.path, content: file.bytes) }
        var conversion = Conversion(await inputs.load(jobs: jobs), aim, Selection(), jobs: jobs)
        let converted = await conversion.run()
        guard !converted.files.isEmpty else { return nil }
        return PlanBundle.SourcePatch(
            origin: place.origin,
            diff: converted.files.flatMap {
                UnifiedDiff.render(path: $0.file.path, from: $0.file.before, to: $0.file.after)
            },
            summary: RewriteSummary.lines(converted.files.map(\.file), unchanged: converted.unchanged))
    }
}
