import FoundationEssentials

/// Reads JSON values of one line each, however the bytes are cut into pieces: texts, and where numbers are wanted also
/// JSON's numbers, digit by digit as they stand. Empty lines are passed over. <https://github.com/ndjson/ndjson-spec>
struct JSONLinesReader: UploadReader {
    /// Bytes of a line beside its text: quotes, and space around it.
    private static let margin = 1_024
    /// Every byte of a text may be escaped by up to six.
    private static let escaping = 6

    private let content: UploadContent
    private var line: [UInt8] = []
    private var number = 1

    init(_ content: UploadContent) { self.content = content }

    mutating func read(_ bytes: UnsafeRawBufferPointer, into part: inout TextPart) throws(UploadError) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line.append(contentsOf: rest[..<end])
            try endLine(into: &part)
            rest = rest[(end + 1)...]
        }
        line.append(contentsOf: rest)
        guard line.count <= Self.escaping * content.maximumBytes + Self.margin else {
            throw content.tooLong(at: .init(line: number))
        }
    }

    /// The last line needs no end.
    mutating func finish(into part: inout TextPart) throws(UploadError) { try endLine(into: &part) }

    private mutating func endLine(into part: inout TextPart) throws(UploadError) {
        defer {
            line.removeAll(keepingCapacity: true)
            number += 1
        }
        guard let first = line.firstIndex(where: { !Self.isSpace($0) }),
            let last = line.lastIndex(where: { !Self.isSpace($0) })
        else { return }
        // Before the value there is only space: bytes are characters.
        let place = UploadError.Place(line: number, column: first + 1)
        let bytes = try text(line[first...last], at: place)
        guard bytes.count <= content.maximumBytes else { throw content.tooLong(at: place) }
        part.append(try content.text(bytes, at: place))
    }

    private func text(_ value: ArraySlice<UInt8>, at place: UploadError.Place) throws(UploadError) -> [UInt8] {
        guard value.first == UInt8(ascii: "\"") else {
            if content == .numbers { return Array(value) }
            throw UploadError(place: place, rule: "each line must be a JSON text")
        }
        let inner = value.dropFirst().dropLast()
        if value.count > 1, value.last == UInt8(ascii: "\""),
            inner.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        {
            return Array(inner)
        }
        guard let text = try? JSONDecoder().decode(String.self, from: Data(value)) else {
            throw UploadError(place: place, rule: "this is not a JSON text")
        }
        return Array(text.utf8)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
