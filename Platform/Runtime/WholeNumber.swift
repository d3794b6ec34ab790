extension FixedWidthInteger {
    /// The number that the text writes in decimal digits alone. Swift's own reading also takes a sign, and `+80` is no port.
    package init?(digits text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        self.init(text)
    }
}
