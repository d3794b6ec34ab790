import FoundationEssentials

/// The JSON of JetStream's API. <https://docs.nats.io/reference/reference-protocols/nats_api_reference>
enum JetStreamJSON {
    struct APIError: Decodable {
        let code: Int
        let err_code: Int?
        let description: String?

        /// - Parameter size: Bytes of the message that was refused.
        func mapped(size: Int = 0, stream: String? = nil) -> NATSError {
            let reason = description ?? ""
            switch err_code {
            case NATSError.Code.messageExceedsMaximum:
                return .payloadTooLarge(bytes: size, limit: nil)
            case NATSError.Code.storeFailed, NATSError.Code.insufficientResources,
                NATSError.Code.memoryResourcesExceeded, NATSError.Code.storageResourcesExceeded:
                return .streamFull(stream: stream, reason: reason)
            default:
                return .jetStream(code: code, errorCode: err_code ?? 0, description: reason)
            }
        }
    }

    private struct Envelope: Decodable { let error: APIError? }

    static func decode<Value: Decodable>(_ message: NATSMessage, call: String) throws(NATSError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: message.withPayload { Data($0) })
        } catch {
            throw .malformedAnswer(call: call)
        }
    }

    static func throwError(in message: NATSMessage, call: String) throws(NATSError) {
        let envelope: Envelope = try decode(message, call: call)
        if let error = envelope.error { throw error.mapped() }
    }
}

/// Any JSON value, for configurations of which we set a part and must keep the rest.
enum JSONValue: Sendable, Equatable, Codable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// What the server leaves out, and what it fills in for it: false, 0, nothing.
    var isZero: Bool {
        switch self {
        case .null, .bool(false), .integer(0), .string(""), .array([]), .object([:]): true
        case .number(let value): value == 0
        case .bool, .integer, .string, .array, .object: false
        }
    }
}
