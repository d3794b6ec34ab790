/// The rule that the text of an amount breaks.
package enum AmountError: Error, Hashable, Sendable {
    case empty
    /// Longer than `Amount.maximumTextLength`.
    case tooLong
    case surroundingSpace
    case signed
    case exponent
    case grouped
    case unexpectedCharacter(Unicode.Scalar)
    case severalPoints
    case noDigits
    case tooManyFractionalDigits(allowed: Int)
    case zero
    case over256Bits
    /// Only for amounts in smallest units, which have one spelling.
    case leadingZero

    /// A stable name of the rule, for programs.
    package var code: String {
        switch self {
        case .empty: "amount-empty"
        case .tooLong: "amount-too-long"
        case .surroundingSpace: "amount-surrounding-space"
        case .signed: "amount-signed"
        case .exponent: "amount-exponent"
        case .grouped: "amount-grouped"
        case .unexpectedCharacter: "amount-character"
        case .severalPoints: "amount-several-points"
        case .noDigits: "amount-no-digits"
        case .tooManyFractionalDigits: "amount-fraction-too-long"
        case .zero: "amount-zero"
        case .over256Bits: "amount-over-256-bits"
        case .leadingZero: "amount-leading-zero"
        }
    }

    /// The rule in a sentence, for people.
    package var sentence: String {
        switch self {
        case .empty: "The amount is missing."
        case .tooLong: "The amount is longer than \(Amount.maximumTextLength) characters."
        case .surroundingSpace: "The amount must not begin or end with a space."
        case .signed: "The amount must not have a sign."
        case .exponent: "The amount must be written out, without an exponent."
        case .grouped: "The amount must not have marks between groups of digits; a point separates the fraction."
        case .unexpectedCharacter(let character):
            "The amount may have only the digits 0 to 9 and one point, and has \(Self.name(of: character))."
        case .severalPoints: "The amount may have only one point."
        case .noDigits: "The amount has no digits."
        case .tooManyFractionalDigits(allowed: 0): "The amount must be a whole number."
        case .tooManyFractionalDigits(let allowed):
            "The amount may have at most \(allowed) \(allowed == 1 ? "digit" : "digits") after the point."
        case .zero: "The amount must be greater than zero."
        case .over256Bits: "The amount is too large: in smallest units it must fit in 256 bits."
        case .leadingZero: "The amount in smallest units must not begin with a zero."
        }
    }

    /// ASCII letters as they are; what may be invisible, or mean something to Markdown, by its code point.
    private static func name(of character: Unicode.Scalar) -> String {
        if character.isASCII && character.properties.isAlphabetic { return "the letter \(character)" }
        let hex = String(character.value, radix: 16, uppercase: true)
        return "the character U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}

extension AmountError: CustomStringConvertible {
    package var description: String { sentence }
}
