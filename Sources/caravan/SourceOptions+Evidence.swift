import Catalogue
import Findings
import Planning
import Survey
import Universe
import Workspace

extension SourceOptions {
    /// What the sources of the dependents show, for those that are there.
    func evidence(
        in folder: String, _ bounds: UpperBounds, jobs: Int
    ) async throws(FileError) -> [Int: UpperBounds.SourceEvidence] {
        let matching = try await SourceMatching(folder, bounds.universe)
        let extensions = Catalogue.index.shipped(by: bounds.name)
        guard !extensions.isEmpty else {
            StandardStream.error.writeLine(
                "caravan: warning: the catalogue knows no syntax extension of \(bounds.name); --sources is not used")
            return [:]
        }
        let places = bounds.dependents.compactMap { dependent in
            matching.release(of: dependent.position).map { (position: dependent.position, place: $0) }
        }
        let cache = cache()
        let universe = bounds.universe
        let answers = await concurrentMap(places, jobs: jobs) { entry in
            await matching.attempt(universe.packages[entry.position].name, at: entry.place, cache)
        }
        var found: [Int: UpperBounds.SourceEvidence] = [:]
        for (entry, survey) in zip(places, answers) {
            guard let survey, survey.files > 0 else { continue }
            let uses = extensions.compactMap { survey.uses[$0] }
            found[entry.position] = UpperBounds.SourceEvidence(
                uses: !uses.isEmpty, places: uses.flatMap(\.places), origin: entry.place.origin)
        }
        return found
    }
}
