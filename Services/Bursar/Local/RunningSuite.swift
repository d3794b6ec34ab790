import FoundationEssentials

/// What a running `bursar up` leaves for the commands beside it: where the services answer, and the settings it made.
///
/// Holds credentials: the file is readable by its user alone.
struct RunningSuite: Codable {
    static let fileName = "running.json"

    var gateway: String
    var bounty: String
    var admin: String
    /// Values by key, as services read them.
    var settings: [String: String]

    func write(to directory: DataDirectory) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try directory.write(try encoder.encode(self), to: Self.fileName)
    }

    /// Nil where none ran in this directory. It may have stopped since.
    static func read(from directory: DataDirectory) throws -> RunningSuite? {
        try directory.read(fileName).map { try JSONDecoder().decode(RunningSuite.self, from: $0) }
    }
}
