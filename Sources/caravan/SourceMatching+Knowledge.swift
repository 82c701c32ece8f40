import Planning
import Survey
import Universe
import Workspace

extension SourceMatching {
    /// What the sources show of every package that a checkout holds, scanned in parallel.
    ///
    /// - Parameter date: the day at whose end the newest sources count; today's state where nil.
    func knowledge(on date: String?, jobs: Int, _ cache: SurveyCache?) async -> [String: SourceKnowledge] {
        let names = matchedNames
        let found = await concurrentMap(names, jobs: jobs) { name in await knowledge(of: name, on: date, cache) }
        var result: [String: SourceKnowledge] = [:]
        for (name, knowledge) in zip(names, found) { result[universe.names[name]] = knowledge }
        return result
    }

    private func knowledge(of name: Int, on date: String?, _ cache: SurveyCache?) async -> SourceKnowledge? {
        guard let latest = universe.versions[name].last else { return nil }
        let release = release(of: latest)
        let newest = await newest(of: name, on: date)
        let releaseState = await state(name, release, cache)
        let newestState = newest?.checkout.isRepository == true ? await state(name, newest, cache) : nil
        guard releaseState != nil || newestState != nil else { return nil }
        return SourceKnowledge(release: releaseState, newest: newestState)
    }

    /// Nil where there are no sources, or none that can be read.
    private func state(_ name: Int, _ place: Place?, _ cache: SurveyCache?) async -> SourceKnowledge.State? {
        guard let place, let survey = await attempt(name, at: place, cache), survey.files > 0 else { return nil }
        return SourceKnowledge.State(origin: place.origin, uses: survey.uses)
    }
}
