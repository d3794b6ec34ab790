import Wire

/// `0xF001`: the sum of two 64-bit integers, on the event loop.
enum Add: WireMethod {
    static let id: UInt16 = 0xF001
    static let name = "add"
    static let isIdempotent = true

    struct Request: WirePayload {
        let left: UInt64
        let right: UInt64

        init(_ left: UInt64, _ right: UInt64) {
            self.left = left
            self.right = right
        }

        init(from reader: inout WireReader) throws(PayloadError) {
            left = try reader.integer()
            right = try reader.integer()
        }

        func encode(into sink: inout some ByteSink) {
            sink.append(left)
            sink.append(right)
        }
    }

    struct Response: WirePayload {
        let sum: UInt64

        init(sum: UInt64) { self.sum = sum }
        init(from reader: inout WireReader) throws(PayloadError) { sum = try reader.integer() }
        func encode(into sink: inout some ByteSink) { sink.append(sum) }
    }
}
