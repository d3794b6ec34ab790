import BigInt

extension Amount {
    /// Parses an amount as people write it, in units of 10^`decimals` smallest units: exact, or an error.
    ///
    /// ASCII digits with at most one point, before, between or after them (`5`, `0.5`, `.5`, `5.`), leading zeros
    /// allowed, greater than zero, with no more digits after the point than `decimals`, even where those are zeros.
    package init(decimal text: some StringProtocol, decimals: Int) throws(AmountError) {
        precondition(decimals >= 0, "a denomination has no negative number of decimals")
        try Self.check(text)
        let digits = text.utf8.filter { $0 != UInt8(ascii: ".") }
        var fraction = 0
        if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) {
            fraction = text.utf8.distance(from: point, to: text.utf8.endIndex) - 1
        }
        guard fraction <= decimals else { throw .tooManyFractionalDigits(allowed: decimals) }
        let value = BigUInt(String(decoding: digits, as: UTF8.self)) ?? 0
        guard !value.isZero else { throw .zero }
        try self.init(checking: value * BigUInt(10).power(decimals - fraction))
    }

    /// The amount in units of 10^`decimals` smallest units: no trailing zeros, and no point without digits after it.
    package func decimal(decimals: Int) -> String {
        precondition(decimals >= 0, "a denomination has no negative number of decimals")
        let digits = units
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }

    /// Throws unless the text is one or more ASCII digits with at most one point; the error is the most telling one.
    private static func check(_ text: some StringProtocol) throws(AmountError) {
        let scalars = Array(text.unicodeScalars.prefix(maximumTextLength + 1))
        guard scalars.count <= maximumTextLength else { throw .tooLong }
        guard let first = scalars.first, let last = scalars.last else { throw .empty }
        if first.properties.isWhitespace || last.properties.isWhitespace { throw .surroundingSpace }
        if first == "+" || first == "-" || first == "\u{2212}" { throw .signed }
        let others = scalars.filter { !$0.isASCIIDigit && $0 != "." }
        guard let other = others.first else {
            if scalars.count(where: { $0 == "." }) > 1 { throw .severalPoints }
            if scalars.allSatisfy({ $0 == "." }) { throw .noDigits }
            return
        }
        if first.isASCIIDigit && others.allSatisfy(\.isGroupingMark) { throw .grouped }
        if hasExponent(scalars) { throw .exponent }
        throw .unexpectedCharacter(other)
    }

    /// Whether this is a number in scientific notation: digits or points, `e`, perhaps a sign, digits.
    private static func hasExponent(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let e = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }), e > 0 else { return false }
        var exponent = scalars[(e + 1)...]
        if exponent.first == "+" || exponent.first == "-" { exponent.removeFirst() }
        return scalars[..<e].allSatisfy { $0.isASCIIDigit || $0 == "." }
            && !exponent.isEmpty && exponent.allSatisfy(\.isASCIIDigit)
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }

    /// The marks that people put between groups of digits.
    fileprivate var isGroupingMark: Bool {
        self == "," || self == "_" || self == "'" || self == "\u{2019}" || properties.isWhitespace
    }
}
