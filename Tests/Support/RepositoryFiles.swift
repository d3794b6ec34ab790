import FoundationEssentials

/// Files of this repository that tests read.
enum RepositoryFiles {
    /// The folder of a service's migrations, found from here upwards.
    static func migrations(_ service: String, from file: String = #filePath) -> String {
        var parts = file.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let candidate = "/" + (parts + ["migrations"]).joined(separator: "/") + "/\(service)"
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
        }
        return "migrations/\(service)"
    }
}
