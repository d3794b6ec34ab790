package import FoundationEssentials

// How times look wherever they cross a process boundary, and JSON.

extension Date {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T09:30:00.000Z`.
    package var wireText: String {
        guard let time = WireTime(self) else {
            // The format cuts off what is under a millisecond.
            return roundedToMilliseconds.addingTimeInterval(0.0005).formatted(Self.withFraction)
        }
        return time.text
    }

    /// RFC 3339 in UTC, with or without a fraction of a second.
    package init?(wireText: String) {
        guard let time = WireTime(text: wireText) else { return nil }
        self = time.date
    }

    private static let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// The same time without what ``wireText`` does not show, so that a stored time equals the one that is read back.
    package var roundedToMilliseconds: Date {
        Date(timeIntervalSinceReferenceDate: (timeIntervalSinceReferenceDate * 1000).rounded() / 1000)
    }
}

extension JSONEncoder {
    /// The encoder of everything that crosses a process boundary: times as ``Date/wireText``, members in a fixed order.
    package static func wire() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.wireText)
        }
        return encoder
    }
}

extension JSONDecoder {
    /// The counterpart of ``JSONEncoder/wire()``.
    package static func wire() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = Date(wireText: try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an RFC 3339 time in UTC")
            }
            return date
        }
        return decoder
    }
}

extension KeyedEncodingContainer {
    mutating func encode(_ id: UUID, forKey key: Key) throws { try encode(id.wireText, forKey: key) }
    mutating func encodeIfPresent(_ id: UUID?, forKey key: Key) throws {
        try encodeIfPresent(id?.wireText, forKey: key)
    }
}
