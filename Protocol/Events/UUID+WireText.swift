import Encodings
package import FoundationEssentials

// As all ids cross process boundaries. Foundation's own ways go by printf and scanf, which cost more than most that is done with an id.

extension UUID {
    private static let length = 36

    /// Lower case, as RFC 9562 section 4 recommends to write.
    package var wireText: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: Self.length) { text in
                var index = 0
                for (position, byte) in bytes.enumerated() {
                    if Self.followsHyphen(position) {
                        text[index] = UInt8(ascii: "-")
                        index += 1
                    }
                    text[index] = Hexadecimal.digit(byte >> 4)
                    text[index + 1] = Hexadecimal.digit(byte & 15)
                    index += 2
                }
                return index
            }
        }
    }

    /// 32 hexadecimal digits of either case, in five groups.
    package init?(wireText: some StringProtocol) {
        var text = String(wireText)
        let uuid = text.withUTF8 { text -> uuid_t? in
            guard text.count == Self.length else { return nil }
            var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            let isRead = withUnsafeMutableBytes(of: &uuid) { bytes in
                var index = 0
                for position in bytes.indices {
                    if Self.followsHyphen(position) {
                        guard text[index] == UInt8(ascii: "-") else { return false }
                        index += 1
                    }
                    guard let high = Hexadecimal.value(of: text[index]),
                        let low = Hexadecimal.value(of: text[index + 1])
                    else { return false }
                    bytes[position] = high << 4 | low
                    index += 2
                }
                return true
            }
            return isRead ? uuid : nil
        }
        guard let uuid else { return nil }
        self.init(uuid: uuid)
    }

    /// Whether the byte begins a group that is not the first.
    private static func followsHyphen(_ position: Int) -> Bool {
        position == 4 || position == 6 || position == 8 || position == 10
    }
}
