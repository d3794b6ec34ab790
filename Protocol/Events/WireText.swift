package import FoundationEssentials

// How ids and times look wherever they cross a process boundary.

extension UUID {
    /// Lower case, as RFC 9562 section 4 recommends to write.
    package var wireText: String { uuidString.lowercased() }
}

extension Date {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T09:30:00.000Z`.
    package var wireText: String {
        // The format cuts off what is under a millisecond.
        roundedToMilliseconds.addingTimeInterval(0.0005).formatted(Self.withFraction)
    }

    /// RFC 3339 in UTC, with or without a fraction of a second.
    package init?(wireText: String) {
        // The format reads a prefix and carries fields that are too large; neither is a time.
        let rest = wireText.dropFirst(19)
        let fraction = rest.dropFirst().dropLast()
        guard
            rest == "Z"
                || (rest.first == "." && rest.last == "Z" && !fraction.isEmpty
                    && fraction.allSatisfy { "0"..."9" ~= $0 }),
            let date = (try? Self.withFraction.parse(wireText)) ?? (try? Date.ISO8601FormatStyle().parse(wireText)),
            date.formatted(Self.withFraction).prefix(19) == wireText.prefix(19)
        else { return nil }
        self = date.roundedToMilliseconds
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
