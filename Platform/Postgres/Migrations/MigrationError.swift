/// Why a schema cannot be migrated, with what to do about it.
package enum MigrationError: Error, Sendable {
    case unreadable(path: String)
    case malformedName(file: String)
    case duplicate(version: Int64, files: [String])
    case missingUp(file: String)
    case missingDown(migration: String)
    /// A migration failed half-way, outside of a transaction: golang-migrate's mark.
    case dirty(version: Int64)
    /// The database is at a version that no file has.
    case unknownVersion(Int64)
    /// Another process has been migrating all the time.
    case lockTimedOut(Duration)
    /// The file has a COMMIT or ROLLBACK of its own; what it did up to there stays.
    case endsTransaction(migration: String)
    /// All of this migration was rolled back.
    case failed(migration: String, PostgresError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read as UTF-8 text or listed as a folder"
        case .malformedName(let file): "\(file): the name must be NNNN_title.up.sql or NNNN_title.down.sql"
        case .duplicate(let version, let files):
            "version \(version) is there more than once: \(files.joined(separator: ", "))"
        case .missingUp(let file): "\(file) has no .up.sql beside it"
        case .missingDown(let migration): "\(migration) cannot be undone: it has no .down.sql"
        case .dirty(let version):
            "migration \(version) failed half-way: repair the schema by hand, then force the version that it is at"
        case .unknownVersion(let version):
            "the database is at version \(version), which has no file: use the release that made it, or force a version"
        case .lockTimedOut(let limit): "another process has been migrating this database for \(limit)"
        case .endsTransaction(let migration):
            "\(migration) ends its transaction itself; remove its COMMIT or ROLLBACK. The version is marked dirty"
        case .failed(let migration, let error): "\(migration) failed and was rolled back: \(error.logDescription)"
        }
    }
}
