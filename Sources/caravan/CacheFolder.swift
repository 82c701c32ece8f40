import Workspace

/// The user's folder for what can be worked out again.
enum CacheFolder {
    /// The place of one of our files in it; nil where there is no place for caches.
    static func path(of name: String) -> String? {
        if let folder = environmentVariable("XDG_CACHE_HOME"), folder.hasPrefix("/") {
            return folder + "/caravan/" + name
        }
        guard let home = environmentVariable("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/.cache/caravan/" + name
    }
}
