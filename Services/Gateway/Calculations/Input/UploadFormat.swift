import HTTP
import Hummingbird
import Wire

/// What an upload consists of.
enum UploadContent: Sendable, Equatable {
    case numbers
    case expressions

    /// Bytes of one text.
    var maximumBytes: Int {
        switch self {
        case .numbers: CalculatorLimits.number
        case .expressions: CalculatorLimits.expression
        }
    }

    /// - Throws: Where the text is not what it should be, as far as that can be told at a glance.
    func text(_ bytes: [UInt8], at place: UploadError.Place) throws(UploadError) -> String {
        if self == .numbers, !DecimalSyntax.matches(bytes) { throw .notANumber(bytes, at: place) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UploadError(place: place, rule: "this is not UTF-8")
        }
        return text
    }

    func tooLong(at place: UploadError.Place) -> UploadError {
        UploadError(code: "too-long", place: place, rule: "this is longer than \(maximumBytes) bytes")
    }
}

/// The form of an upload, and where in it the texts are.
enum UploadFormat: Sendable, Equatable {
    /// RFC 4180.
    case csv(CSVReader.Column, hasHeader: Bool, UploadContent)
    /// A JSON text or number on each line.
    case lines(UploadContent)

    /// Query parameters that it reads.
    static let parameters: Set<String> = ["column", "header"]
    static let mediaTypes = ["text/csv", "application/x-ndjson"]

    static func isUpload(_ request: Request) -> Bool {
        ["text/csv", "application/x-ndjson", "application/ndjson"].contains(request.mediaType)
    }

    /// Nil for a body of another type.
    /// - Throws: 400 for a parameter that is not what it may be.
    init?(_ request: Request, _ query: Query, _ content: UploadContent) throws(Problem) {
        switch request.mediaType {
        case "text/csv": self = try Self.csv(request, query, content)
        case "application/x-ndjson", "application/ndjson":
            for name in Self.parameters.sorted() where query.text(name) != nil {
                throw .invalidParameter(name, expectation: "left out: it is for text/csv")
            }
            self = .lines(content)
        default: return nil
        }
    }

    private enum Header: String, CaseIterable { case present, absent }

    private static func csv(
        _ request: Request, _ query: Query, _ content: UploadContent
    ) throws(Problem) -> UploadFormat {
        var header = try query.choice("header", of: Header.self)
        // RFC 4180, section 3: the same as a parameter of the media type.
        if header == nil { header = request.mediaTypeParameter("header").flatMap { Header(rawValue: $0) } }
        guard let column = query.text("column") else {
            return .csv(.index(0), hasHeader: header == .present, content)
        }
        if column.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            guard let number = try query.integer("column", in: 1...CSVReader.maximumColumns) else {
                return .csv(.index(0), hasHeader: header == .present, content)
            }
            return .csv(.index(number - 1), hasHeader: header == .present, content)
        }
        guard header != .absent else {
            throw .invalidParameter("column", expectation: "a number from 1 where there is no header")
        }
        guard column.utf8.count <= CSVReader.maximumNameBytes else {
            throw .invalidParameter("column", expectation: "up to \(CSVReader.maximumNameBytes) bytes long")
        }
        return .csv(.name(column), hasHeader: true, content)
    }

    var reader: any UploadReader {
        switch self {
        case .csv(let column, let hasHeader, let content): CSVReader(column, hasHeader: hasHeader, content)
        case .lines(let content): JSONLinesReader(content)
        }
    }
}

/// Reads an upload piece by piece, however it is cut.
protocol UploadReader: Sendable {
    mutating func read(_ bytes: UnsafeRawBufferPointer, into part: inout TextPart) throws(UploadError)
    /// The end of the upload.
    mutating func finish(into part: inout TextPart) throws(UploadError)
}

/// The decimals that the calculator takes: a sign or none, digits with at most one point, and perhaps an exponent.
enum DecimalSyntax {
    static func matches(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes[...]
        if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
        var hasDigits = false
        var hasPoint = false
        while let byte = rest.first {
            if isDigit(byte) {
                hasDigits = true
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard hasDigits else { return false }
        guard let byte = rest.first else { return true }
        guard byte | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
}
