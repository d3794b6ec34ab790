import FoundationEssentials
package import Postgres

/// Files of this repository that tests read.
package enum RepositoryFiles {
    /// The migrations of a service, as they are in the repository.
    package static func migrations(_ service: String) throws -> [Migration] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Migration.read(directory: "\(root.path)/migrations/\(service)")
    }
}
