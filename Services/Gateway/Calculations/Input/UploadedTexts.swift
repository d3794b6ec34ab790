import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The texts of a body, read while it comes: never more of it is in memory than a part.
struct UploadedTexts<Body: AsyncIteratorProtocol>: TextParts where Body.Element == ByteBuffer {
    private var body: Body
    private var reader: any UploadReader
    private let limits: PartLimits
    /// Bytes.
    private let maximum: Int
    private var received = 0
    private var count = 0
    private var isFinished = false
    /// Sees the bytes as they come.
    private let observe: (ByteBuffer) -> Void

    /// - Parameter maximum: Bytes of the body.
    init(
        _ body: Body, _ format: UploadFormat, _ limits: PartLimits, maximum: Int,
        observe: @escaping (ByteBuffer) -> Void = { _ in }
    ) {
        self.body = body
        self.reader = format.reader
        self.limits = limits
        self.maximum = maximum
        self.observe = observe
    }

    /// - Throws: ``Problem``: 413 past the maximum, and 422 with line and column for what cannot be read.
    mutating func next() async throws -> TextPart? {
        guard !isFinished else { return nil }
        var part = TextPart(first: count)
        do {
            while !limits.isFull(part) {
                guard let bytes = try await body.next() else {
                    isFinished = true
                    try reader.finish(into: &part)
                    break
                }
                received += bytes.readableBytes
                guard received <= maximum else { throw Problem.contentTooLarge(limit: maximum) }
                observe(bytes)
                try bytes.withUnsafeReadableBytes { bytes throws(UploadError) in
                    try reader.read(bytes, into: &part)
                }
            }
        } catch let error as UploadError {
            throw Problem(
                .unprocessableContent, error.code, title: "Invalid input", detail: error.description)
        }
        count += part.texts.count
        return part.texts.isEmpty ? nil : part
    }
}

/// What is wrong with an upload, and where.
struct UploadError: Error, Equatable, CustomStringConvertible {
    /// From 1; columns in Unicode scalars.
    struct Place: Sendable, Equatable {
        var line = 1
        var column = 1
    }

    var code = "invalid-input"
    var place: Place
    /// A sentence that says what is wrong.
    var rule: String

    var description: String { "line \(place.line), column \(place.column): \(rule)" }

    /// - Parameter text: What stands where a number should be.
    static func notANumber(_ text: [UInt8], at place: Place) -> UploadError {
        let shown = String(decoding: text.prefix(40), as: UTF8.self)
        return UploadError(
            code: "invalid-number", place: place,
            rule: text.isEmpty ? "a number is missing" : "\"\(shown)\" is not a number")
    }
}
