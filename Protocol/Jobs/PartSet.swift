import FoundationEssentials

/// Which parts of a job are done: a bit each, in base64.
package struct PartSet: Sendable, Equatable, Codable {
    private var bits: [UInt8] = []
    package private(set) var count = 0

    package init() {}

    package func contains(_ part: Int) -> Bool {
        part / 8 < bits.count && bits[part / 8] & (1 << (part % 8)) != 0
    }

    /// - Returns: Whether it was not there.
    @discardableResult
    package mutating func insert(_ part: Int) -> Bool {
        precondition(0..<JobLimits.parts ~= part, "a part has a number within the limit")
        guard !contains(part) else { return false }
        while bits.count <= part / 8 { bits.append(0) }
        bits[part / 8] |= 1 << (part % 8)
        count += 1
        return true
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)), data.count <= JobLimits.parts / 8
        else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "bits of parts in base64")
        }
        bits = Array(data)
        count = bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bits).base64EncodedString())
    }
}
