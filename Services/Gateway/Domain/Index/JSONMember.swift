/// A member of a JSON object as it stands in the text, without reading the rest anew.
enum JSONMember {
    /// The text of a member's value.
    /// - Parameters:
    ///   - name: Without characters that JSON escapes.
    ///   - object: JSON that was read before, so its syntax is right; what is not is answered with nil.
    static func value(_ name: String, in object: [UInt8]) -> ArraySlice<UInt8>? {
        object.withUnsafeBufferPointer { bytes in
            var scanner = Scanner(bytes: bytes)
            return scanner.find(Array(name.utf8)).map { object[$0] }
        }
    }

    private struct Scanner {
        let bytes: UnsafeBufferPointer<UInt8>
        var index = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func find(_ name: [UInt8]) -> Range<Int>? {
            guard take("{") else { return nil }
            while true {
                skipSpace()
                let start = index + 1
                guard skipString() else { return nil }
                let isWanted = bytes[start..<(index - 1)].elementsEqual(name)
                guard take(":") else { return nil }
                skipSpace()
                let value = index
                guard skipValue() else { return nil }
                if isWanted { return value..<index }
                guard take(",") else { return nil }
            }
        }

        private mutating func skipSpace() {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        private mutating func skipString() -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return false }
            index += 1
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\""):
                    index += 1
                    return true
                case UInt8(ascii: "\\"): index += 2
                default: index += 1
                }
            }
            return false
        }

        /// Objects and lists by their depth; everything else ends where something else begins.
        private mutating func skipValue() -> Bool {
            var depth = 0
            let start = index
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\""):
                    guard skipString() else { return false }
                    if depth == 0 { return true }
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    index += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return index > start }
                    depth -= 1
                    index += 1
                    if depth == 0 { return true }
                case UInt8(ascii: ","):
                    if depth == 0 { return index > start }
                    index += 1
                default: index += 1
                }
            }
            return false
        }
    }
}
