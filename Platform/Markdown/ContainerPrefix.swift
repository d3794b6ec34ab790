/// What may open or continue containers at the beginning of a line: indentation, `>`, list markers, footnote labels.
struct ContainerPrefix {
    /// Bytes, before the first that is none of those.
    private(set) var length = 0
    /// Columns of spaces and tabs, a tab counted as four.
    private(set) var indentation = 0
    private(set) var markers = 0

    init(_ line: UnsafeBufferPointer<UInt8>) {
        while length < line.count {
            switch line[length] {
            case .space:
                indentation += 1
                length += 1
            case .tab:
                indentation += 4
                length += 1
            default:
                guard let marker = Self.marker(line, at: length) else { return }
                markers += 1
                length += marker
            }
        }
    }

    /// The length of the marker at `start`, if there is one.
    private static func marker(_ line: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        func byte(_ index: Int) -> UInt8 { index < line.count ? line[index] : .space }
        func isSpace(_ index: Int) -> Bool { byte(index) == .space || byte(index) == .tab }
        switch byte(start) {
        case UInt8(ascii: ">"):
            return 1
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
            return isSpace(start + 1) ? 1 : nil
        case UInt8(ascii: "["):
            guard byte(start + 1) == UInt8(ascii: "^") else { return nil }
            var end = start + 2
            while end < line.count, byte(end) != UInt8(ascii: "]") { end += 1 }
            return byte(end) == UInt8(ascii: "]") && byte(end + 1) == UInt8(ascii: ":") ? end + 2 - start : nil
        default:
            var end = start
            while end < line.count, byte(end).isASCIIDigit { end += 1 }
            let isDelimiter = byte(end) == UInt8(ascii: ".") || byte(end) == UInt8(ascii: ")")
            return end > start && isDelimiter && isSpace(end + 1) ? end + 1 - start : nil
        }
    }
}
