import NIOCore

/// Some of the texts of an input, in their order: what one call of the calculator works on.
struct TextPart: Sendable, Equatable {
    /// How many come before it.
    var first = 0
    var texts: [String] = []
    /// Of the texts, as they are encoded.
    private(set) var bytes = 0

    mutating func append(_ text: String) {
        texts.append(text)
        bytes += Self.size(of: text)
    }

    /// Bytes of a text with its length before it.
    static func size(of text: String) -> Int { text.utf8.count + 4 }
}

/// When a part is full.
struct PartLimits: Sendable {
    let texts: Int
    let bytes: Int

    /// Some ten milliseconds of the calculator's time.
    static let values = PartLimits(texts: 20_000, bytes: 256 << 10)
    /// A few milliseconds, where expressions are simple.
    static let expressions = PartLimits(texts: 250, bytes: 64 << 10)

    func isFull(_ part: TextPart) -> Bool { part.texts.count >= texts || part.bytes >= bytes }
}

/// An input in parts.
protocol TextParts {
    /// Nil at the end.
    mutating func next() async throws -> TextPart?
}

/// Texts that are all there.
struct SlicedTexts: TextParts {
    private let texts: [String]
    private let limits: PartLimits
    private var position = 0

    init(_ texts: [String], _ limits: PartLimits) {
        self.texts = texts
        self.limits = limits
    }

    mutating func next() -> TextPart? {
        guard position < texts.count else { return nil }
        var part = TextPart(first: position)
        while position < texts.count, !limits.isFull(part) {
            part.append(texts[position])
            position += 1
        }
        return part
    }
}
