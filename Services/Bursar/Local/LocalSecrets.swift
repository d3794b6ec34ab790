import Encodings
import FoundationEssentials

/// Secrets that `bursar up` makes at its first start and keeps in the data directory, by the key they are for.
struct LocalSecrets {
    static let fileName = "secrets.json"
    /// Of each secret: 256 bits.
    private static let byteCount = 32

    private let directory: DataDirectory
    private var values: [String: String]

    init(in directory: DataDirectory) throws {
        self.directory = directory
        self.values =
            try directory.read(Self.fileName).map { try JSONDecoder().decode([String: String].self, from: $0) } ?? [:]
    }

    /// The secret of this name, made and stored where it is new. Hexadecimal digits, so that it stands in a URL as it is.
    mutating func value(_ name: String) throws -> String {
        if let known = values[name] { return known }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let made = Hexadecimal.encode(bytes)
        values[name] = made
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try directory.write(try encoder.encode(values), to: Self.fileName)
        return made
    }
}
