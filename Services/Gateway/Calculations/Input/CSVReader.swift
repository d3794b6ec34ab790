/// Reads one column of comma-separated values, however the bytes are cut into pieces. RFC 4180.
///
/// Lines end with CRLF or LF, empty ones are passed over, and so is a byte order mark. Rows may have different numbers of
/// fields, as long as they have the column.
struct CSVReader: UploadReader {
    /// Columns that can be asked for by number.
    static let maximumColumns = 10_000
    /// Bytes of the name of a column.
    static let maximumNameBytes = 1_024

    enum Column: Sendable, Equatable {
        /// From 0.
        case index(Int)
        case name(String)
    }

    private enum State {
        case fieldStart, plain, quoted
        /// After a quote within quotes: the first of two, or the end of the field.
        case quote
        /// After a carriage return outside of quotes.
        case carriageReturn
    }

    private let column: Column
    private let content: UploadContent
    private var state = State.fieldStart
    private var isHeader: Bool
    /// Of the column, once it is known.
    private var wanted: Int?
    /// Of the field that is being read.
    private var index = 0
    private var field: [UInt8] = []
    private var fieldPlace = UploadError.Place()
    private var place = UploadError.Place()
    /// Nothing of the line has been read.
    private var isLineEmpty = true
    private var hasText = false
    private var text = ""
    private var markBytes = 0

    init(_ column: Column, hasHeader: Bool, _ content: UploadContent) {
        self.column = column
        self.content = content
        isHeader = hasHeader
        if case .index(let index) = column { wanted = index }
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer, into part: inout TextPart) throws(UploadError) {
        for byte in bytes { try read(byte, into: &part) }
    }

    /// The last line needs no end.
    mutating func finish(into part: inout TextPart) throws(UploadError) {
        switch state {
        case .quoted: throw UploadError(place: fieldPlace, rule: "the quote that opens here is not closed")
        case .fieldStart where isLineEmpty: break
        case .carriageReturn: throw UploadError(place: place, rule: "a line feed must follow the carriage return")
        case .fieldStart, .plain, .quote: try endLine(into: &part)
        }
        if case .name(let name) = column, wanted == nil {
            throw UploadError(
                code: "unknown-column", place: .init(), rule: "there is no header, and so no column \"\(name)\"")
        }
    }

    private mutating func read(_ byte: UInt8, into part: inout TextPart) throws(UploadError) {
        // A byte order mark is no part of the first field.
        if place == .init(), markBytes < 3, byte == [0xEF, 0xBB, 0xBF][markBytes] {
            markBytes += 1
            return
        }
        switch (state, byte) {
        case (.carriageReturn, UInt8(ascii: "\n")): try endLine(into: &part)
        case (.carriageReturn, _): throw UploadError(place: place, rule: "a line feed must follow the carriage return")
        case (.quoted, UInt8(ascii: "\"")): state = .quote
        case (.quoted, _): try collect(byte)
        case (.quote, UInt8(ascii: "\"")):
            state = .quoted
            try collect(byte)
        case (_, UInt8(ascii: ",")): try endField()
        case (_, UInt8(ascii: "\n")):
            if isLineEmpty { startLine() } else { try endLine(into: &part) }
            return
        case (_, UInt8(ascii: "\r")): state = .carriageReturn
        case (.quote, _): throw UploadError(place: place, rule: "a comma or the end of the line must follow the quote")
        case (.fieldStart, UInt8(ascii: "\"")):
            state = .quoted
            isLineEmpty = false
        case (.plain, UInt8(ascii: "\"")):
            throw UploadError(place: place, rule: "a field with a quote in it must be quoted")
        case (.fieldStart, _), (.plain, _):
            state = .plain
            isLineEmpty = false
            try collect(byte)
        }
        move(over: byte)
    }

    private mutating func move(over byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            // Within quotes, or the end of a line, which has moved already.
            if state == .quoted { place = .init(line: place.line + 1, column: 1) }
        } else if byte & 0xC0 != 0x80 {
            place.column += 1
        }
    }

    private mutating func collect(_ byte: UInt8) throws(UploadError) {
        let limit = isHeader ? Self.maximumNameBytes : content.maximumBytes
        guard isHeader ? wanted == nil : index == wanted else { return }
        if field.count >= limit {
            // No name that is asked for is so long.
            if isHeader { return }
            throw content.tooLong(at: fieldPlace)
        }
        field.append(byte)
    }

    private mutating func endField() throws(UploadError) {
        if isHeader {
            if case .name(let name) = column, wanted == nil, field.elementsEqual(name.utf8) { wanted = index }
        } else if index == wanted {
            text = try content.text(field, at: fieldPlace)
            hasText = true
        }
        field.removeAll(keepingCapacity: true)
        index += 1
        state = .fieldStart
        isLineEmpty = false
        fieldPlace = .init(line: place.line, column: place.column + 1)
    }

    private mutating func endLine(into part: inout TextPart) throws(UploadError) {
        if isLineEmpty { return startLine() }
        try endField()
        if isHeader {
            if case .name(let name) = column, wanted == nil {
                throw UploadError(
                    code: "unknown-column", place: .init(line: place.line, column: 1),
                    rule: "the header has no column \"\(name)\"")
            }
        } else {
            guard hasText else {
                throw UploadError(
                    code: "missing-column", place: .init(line: place.line, column: 1),
                    rule: "there are only \(index) columns, and column \((wanted ?? 0) + 1) is asked for")
            }
            part.append(text)
        }
        isHeader = false
        startLine()
    }

    private mutating func startLine() {
        place = .init(line: place.line + 1, column: 1)
        fieldPlace = place
        index = 0
        hasText = false
        isLineEmpty = true
        state = .fieldStart
    }
}
