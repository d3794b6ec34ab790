import FoundationEssentials

/// Reads JSON in one pass, without building what it holds: members that nobody asks for are passed over.
///
/// It takes nothing that `JSONDecoder` does not take, except within what is passed over, which is only looked at for where it ends.
/// Anything unexpected is an ``Unexpected``, and the caller's to read in the usual way.
package struct JSONReader: ~Copyable {
    package struct Unexpected: Error {
        package init() {}
    }

    /// The name of a member, as it stands in the text.
    package struct Name {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>

        /// Nil where it is no UTF-8.
        package var text: String? { String(validating: bytes, as: UTF8.self) }

        package static func ~= (name: StaticString, value: Name) -> Bool {
            name.withUTF8Buffer { $0.count == value.bytes.count && $0.elementsEqual(value.bytes) }
        }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    package private(set) var index = 0

    /// - Parameter bytes: Alive for as long as the reader is.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Where the next value, or whatever comes, begins.
    package mutating func startOfNext() -> Int {
        skipSpace()
        return index
    }

    /// There is nothing behind what was read.
    package mutating func end() throws(Unexpected) {
        guard startOfNext() == bytes.count else { throw Unexpected() }
    }

    // MARK: - Values

    /// An object: each member's value is read, or passed over, by the closure.
    package mutating func object(_ member: (Name, inout JSONReader) throws(Unexpected) -> Void) throws(Unexpected) {
        try expect("{")
        if take("}") { return }
        repeat {
            let name = try text()
            // It might be another way to write a name that is asked for.
            guard !name.contains(UInt8(ascii: "\\")) else { throw Unexpected() }
            try expect(":")
            try member(Name(bytes: name), &self)
        } while take(",")
        try expect("}")
    }

    /// A list: each value is read, or passed over, by the closure.
    package mutating func list(_ element: (inout JSONReader) throws(Unexpected) -> Void) throws(Unexpected) {
        try expect("[")
        if take("]") { return }
        repeat { try element(&self) } while take(",")
        try expect("]")
    }

    package mutating func string() throws(Unexpected) -> String {
        let text = try text()
        guard text.contains(UInt8(ascii: "\\")) else {
            guard let string = String(validating: text, as: UTF8.self) else { throw Unexpected() }
            return string
        }
        let quoted = Data([UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")])
        guard let string = try? JSONDecoder().decode(String.self, from: quoted) else { throw Unexpected() }
        return string
    }

    /// A whole number that `Int64` holds, written without exponent.
    package mutating func integer() throws(Unexpected) -> Int64 {
        let isNegative = take("-")
        var value: Int64 = 0
        let start = index
        while let byte = byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = product.addingReportingOverflow(digit)
            guard !overflows, !overflowsToo else { throw Unexpected() }
            value = sum
            index += 1
        }
        guard index > start, index == start + 1 || bytes[start] != UInt8(ascii: "0"), byte != UInt8(ascii: "."),
            byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E")
        else { throw Unexpected() }
        return isNegative ? -value : value
    }

    package mutating func flag() throws(Unexpected) -> Bool {
        let range = try skip()
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        if text.elementsEqual("true".utf8) { return true }
        guard text.elementsEqual("false".utf8) else { throw Unexpected() }
        return false
    }

    /// Passes over a value of any kind.
    /// - Returns: Where it stands.
    @discardableResult
    package mutating func skip() throws(Unexpected) -> Range<Int> {
        skipSpace()
        let start = index
        var depth = 0
        repeat {
            switch byte {
            case UInt8(ascii: "\""): _ = try text()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw Unexpected() }
                depth -= 1
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw Unexpected() }
                index += 1
            case nil: throw Unexpected()
            default:
                let before = index
                while let byte, !Self.ends(byte) { index += 1 }
                guard index > before else { throw Unexpected() }
            }
            if depth > 0 { skipSpace() }
        } while depth > 0
        return start..<index
    }

    // MARK: - Characters

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Whether a number, `true`, `false` or `null` is over.
    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"),
            UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
            true
        default: false
        }
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard byte == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Unexpected) {
        guard take(character) else { throw Unexpected() }
    }

    /// What stands between quotation marks, escapes as they are.
    private mutating func text() throws(Unexpected) -> UnsafeBufferPointer<UInt8> {
        try expect("\"")
        let start = index
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return UnsafeBufferPointer(rebasing: bytes[start..<(index - 1)])
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: throw Unexpected()
            default: index += 1
            }
        }
        throw Unexpected()
    }
}
