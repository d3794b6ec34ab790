import BigNumber

extension DecimalNumber {
    /// Digits of magnitude up to which numbers are written out, without an exponent.
    package static let maximumPlainMagnitude = 10_000

    /// The exact number as the public API writes it: plain, without trailing zeros (`1200`, `0.012`), and as
    /// `1.2E+12345` where it has more than 10,000 digits before the point, or zeros after it.
    package var text: String {
        if let small = mantissa.small, let text = Self.smallText(small, exponent: exponent) { return text }
        var digits = mantissa.decimalDigits[...]
        var exponent = exponent
        while digits.count > 1, digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        var text: [UInt8] = mantissa.isNegative ? [UInt8(ascii: "-")] : []
        let adjusted = exponent + digits.count - 1
        if abs(adjusted) >= Self.maximumPlainMagnitude {
            text.append(digits[digits.startIndex])
            if digits.count > 1 {
                text.append(UInt8(ascii: "."))
                text += digits.dropFirst()
            }
            text += (adjusted < 0 ? "E\(adjusted)" : "E+\(adjusted)").utf8
        } else if exponent >= 0 {
            text += digits
            text += repeatElement(UInt8(ascii: "0"), count: exponent)
        } else if adjusted >= 0 {
            text += digits.prefix(adjusted + 1)
            text.append(UInt8(ascii: "."))
            text += digits.dropFirst(adjusted + 1)
        } else {
            text += "0.".utf8
            text += repeatElement(UInt8(ascii: "0"), count: -adjusted - 1)
            text += digits
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of what most numbers are: short, with a small exponent. Nil of others.
    private static func smallText(_ mantissa: Int, exponent: Int) -> String? {
        guard (-18...0).contains(exponent) else { return nil }
        var rest = mantissa.magnitude
        var places = -exponent
        while places > 0, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        // A sign, 19 digits or more zeros than that, and a point.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            var start = buffer.count
            func prepend(_ character: UInt8) {
                start -= 1
                buffer.initializeElement(at: start, to: character)
            }
            var written = 0
            repeat {
                prepend(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
                written += 1
                if written == places { prepend(UInt8(ascii: ".")) }
            } while rest != 0 || written <= places
            if mantissa < 0 { prepend(UInt8(ascii: "-")) }
            return String(decoding: buffer[start...], as: UTF8.self)
        }
    }
}

extension DecimalNumber: CustomStringConvertible {
    package var description: String { text }
}
