import Encodings
import FoundationEssentials

extension CloudEvent {
    package static let specificationVersion = "1.0"
    package static let dataContentType = "application/json"

    /// The message headers, in a fixed order.
    package var headers: [(name: String, value: String)] {
        var headers = [
            ("ce-specversion", Self.specificationVersion),
            ("ce-id", id.wireText),
            ("ce-source", Self.escaped(source)),
            ("ce-type", Self.escaped(type)),
            ("ce-subject", Self.escaped(subject)),
            ("ce-sequence", String(sequence)),
            ("ce-time", time.wireText),
        ]
        if let traceparent { headers.append(("ce-traceparent", traceparent.description)) }
        headers.append(("content-type", Self.dataContentType))
        return headers
    }

    /// - Parameter header: The first value of a header by its name, compared without case.
    package init(header: (String) -> String?, data: [UInt8]) throws(CloudEventError) {
        func value<Value>(_ name: String, _ expectation: String, _ parse: (String) -> Value?) throws(CloudEventError)
            -> Value
        {
            guard let text = header(name), let value = parse(text) else {
                throw CloudEventError(header: name, expectation: expectation)
            }
            return value
        }
        _ = try value("ce-specversion", "1.0") { $0 == Self.specificationVersion ? $0 : nil }
        _ = try value("content-type", Self.dataContentType) {
            $0.split(separator: ";").first.map { $0 == Self.dataContentType } == true ? $0 : nil
        }
        self.init(
            id: try value("ce-id", "a UUID") { UUID(wireText: $0) },
            source: try value("ce-source", "percent-encoded text", \.percentDecoded),
            type: try value("ce-type", "percent-encoded text", \.percentDecoded),
            subject: try value("ce-subject", "percent-encoded text", \.percentDecoded),
            sequence: try value("ce-sequence", "a whole number from 1") { Int($0).flatMap { $0 > 0 ? $0 : nil } },
            time: try value("ce-time", "an RFC 3339 time") { Date(wireText: $0) },
            traceparent: header("ce-traceparent").flatMap { Traceparent($0) },
            data: data)
    }

    /// Percent-encodes what the NATS binding (section 3.1.3.1) does not let stand: space, `"`, `%` and all but U+0021 to U+007E.
    static func escaped(_ text: String) -> String {
        text.percentEncoded { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "%") }
    }
}
