import CPostgres
import NIOCore

/// A statement's text and its parameters, laid out as libpq takes them.
struct StatementMessage {
    let text: String
    /// All values one after another; those in text form end in a NUL.
    private var bytes: [UInt8] = []
    /// Where each value starts in `bytes`; nil for NULL.
    private var offsets: [Int?] = []
    private var types: [Oid] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    var count: Int { types.count }

    /// Throws `.invalidStatement` for what PostgreSQL cannot take.
    init(_ sql: SQL) throws(PostgresError) {
        if let problem = sql.problem { throw PostgresError(.invalidStatement, problem) }
        guard sql.parameters.count <= Connection.maximumParameters else {
            throw PostgresError(
                .invalidStatement, "\(sql.parameters.count) parameters; \(Connection.maximumParameters) is the most")
        }
        text = sql.text
        guard !text.utf8.contains(0) else {
            throw PostgresError(.invalidStatement, "the statement holds a NUL character")
        }
        for (index, parameter) in sql.parameters.enumerated() {
            let start = bytes.count
            var format: Int32 = 1
            switch parameter.content {
            case .null: offsets.append(nil)
            case .text(let value):
                bytes.append(contentsOf: value.utf8)
                guard !bytes[start...].contains(0) else {
                    throw PostgresError(.invalidStatement, "the text of parameter \(index + 1) holds a NUL character")
                }
                bytes.append(0)
                format = 0
                offsets.append(start)
            case .binary(let value):
                bytes.append(contentsOf: value)
                offsets.append(start)
            case .buffer(let value):
                bytes.append(contentsOf: value.readableBytesView)
                offsets.append(start)
            case .impossible(let reason): throw PostgresError(.invalidStatement, "parameter \(index + 1): \(reason)")
            }
            guard let length = Int32(exactly: bytes.count - start) else {
                throw PostgresError(.invalidStatement, "parameter \(index + 1) is longer than 2 GiB")
            }
            lengths.append(length)
            formats.append(format)
            types.append(parameter.type.rawValue)
        }
        // So that there is an address to point to for empty values too.
        bytes.append(0)
    }

    /// The pointers are valid for the call only.
    func withPointers(
        _ body: (
            UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Int32
    ) -> Int32 {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                let values = offsets.map { offset in offset.flatMap { bytes.baseAddress?.advanced(by: $0) } }
                return body(types, values, lengths, formats)
            }
        }
    }
}
