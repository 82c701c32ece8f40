import Survey
import Workspace

/// Surveys of releases, kept between runs: a survey depends on the paths and contents of a release's files, on the package that
/// is looked for in it, and on the program that reads them.
struct SurveyCache: Sendable {
    private let cache: ContentCache

    /// What a survey depends on.
    struct Key: Sendable {
        private var digest = ContentDigest()

        init(_ package: String) {
            digest.add(Self.program)
            digest.add(package)
        }

        mutating func add(path: String, content: [UInt8]) {
            digest.add(path)
            digest.add(content)
        }

        var text: String { digest.text }

        /// Another build of the program may read sources differently.
        private static let program = RunningProgram.identity
    }

    init(path: String) throws(FileError) {
        cache = try ContentCache(path: path)
    }

    /// Where surveys are kept unless told otherwise; nil where there is no place for caches.
    static var defaultPath: String? { CacheFolder.path(of: "surveys.sqlite") }

    func survey(for key: Key) async -> SourceSurvey? {
        await cache.value(for: key.text).flatMap { SourceSurvey(decoding: $0) }
    }

    func keep(_ survey: SourceSurvey, for key: Key) async {
        await cache.store(survey.encoded(), for: key.text)
    }
}
