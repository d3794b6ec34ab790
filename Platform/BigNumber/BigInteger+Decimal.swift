import CGMP

extension BigInteger {
    /// The number that ASCII digits stand for. Nil where there is none, or something else among them.
    package init?(decimalDigits digits: some Sequence<UInt8>) {
        var text: [CChar] = []
        text.reserveCapacity(digits.underestimatedCount + 1)
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            text.append(CChar(digit))
        }
        guard !text.isEmpty else { return nil }
        text.append(0)
        var raw = __mpz_struct()
        // Never fails: there are only digits.
        _ = __gmpz_init_set_str(&raw, text, 10)
        self.init(adopting: raw)
    }

    /// The ASCII digits of the magnitude, without leading zeros.
    package var decimalDigits: [UInt8] {
        if let small {
            var value = small.magnitude
            // 2^63 has 19 digits.
            var digits: [UInt8] = []
            digits.reserveCapacity(19)
            repeat {
                digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
                value /= 10
            } while value != 0
            digits.reverse()
            return digits
        }
        return withHeader { header in
            // What GMP asks for: the digits, a sign and the final zero.
            let capacity = __gmpz_sizeinbase(header, 10) + 2
            return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                buffer.withMemoryRebound(to: CChar.self) { text in
                    guard let start = text.baseAddress else { return }
                    __gmpz_get_str(start, 10, header)
                    count = text.firstIndex(of: 0) ?? 0
                    if text[0] == CChar(bitPattern: UInt8(ascii: "-")) {
                        for index in 1..<count { text[index - 1] = text[index] }
                        count -= 1
                    }
                }
            }
        }
    }

    /// How many decimal digits the magnitude has: 1 of zero.
    package var decimalDigitCount: Int {
        if let small {
            var count = 1
            var rest = small.magnitude / 10
            while rest != 0 {
                count += 1
                rest /= 10
            }
            return count
        }
        // Between these two there is at most one digit of doubt, and a comparison only where there is.
        let least = Self.decimalDigits(ofBits: bitWidth - 1)
        let most = Self.decimalDigits(ofBits: bitWidth)
        if least == most && bitWidth < Self.exactlyEstimatedBits { return most }
        let estimate = withHeader { __gmpz_sizeinbase($0, 10) }
        return comparedMagnitude(with: Self.powerOfTen(estimate - 1)) < 0 ? estimate - 1 : estimate
    }

    /// Up to here, 30103 / 100000 is close enough to log10(2) that the estimate is exact where it is unambiguous: the
    /// error is 4.4e-9 for each bit, and no power of two of fewer bits comes so close below a power of ten.
    private static let exactlyEstimatedBits = 2000
}

extension BigInteger: CustomStringConvertible {
    package var description: String { (isNegative ? "-" : "") + String(decoding: decimalDigits, as: UTF8.self) }
}
