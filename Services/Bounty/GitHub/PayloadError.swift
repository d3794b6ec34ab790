import FoundationEssentials

/// A delivery whose body is not what its event says: handled never, however often it is tried.
package struct PayloadError: Error, Equatable, CustomStringConvertible {
    /// Where the fault is: `comment.user.id`. Empty for the whole body.
    package let path: String
    package let expectation: String

    init(path: String, expectation: String) {
        self.path = path
        self.expectation = expectation
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(context.codingPath + [key], "present")
        case .valueNotFound(let type, let context):
            self.init(context.codingPath, "\(Self.name(of: type)), not null")
        case .typeMismatch(let type, let context):
            self.init(context.codingPath, Self.name(of: type))
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            self.init(path: "", expectation: "JSON with ids of at most 64 bits and at most 512 levels")
        case .dataCorrupted(let context):
            self.init(context.codingPath, context.debugDescription)
        @unknown default:
            self.init(path: "", expectation: "JSON of the documented shape")
        }
    }

    private init(_ codingPath: [any CodingKey], _ expectation: String) {
        let path = codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
        self.init(path: path.joined(separator: "."), expectation: expectation)
    }

    package var description: String {
        path.isEmpty ? "the body must be \(expectation)" : "\(path) must be \(expectation)"
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is Int64.Type: "a whole number of at most 64 bits"
        case is String.Type: "a string"
        case is Date.Type: "an RFC 3339 time in UTC"
        default: "an object"
        }
    }
}
