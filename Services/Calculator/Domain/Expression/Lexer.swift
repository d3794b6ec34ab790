/// Cuts an expression into tokens, one at a time, without looking back.
struct Lexer {
    let text: UnsafeBufferPointer<UInt8>
    let limits: CalculationLimits
    /// Where the token begins that was read last.
    private(set) var start = 0
    private var offset = 0

    init(_ text: UnsafeBufferPointer<UInt8>, limits: CalculationLimits) {
        self.text = text
        self.limits = limits
    }

    mutating func next() throws(SyntaxError) -> Token {
        while offset < text.count, Self.isSpace(text[offset]) { offset += 1 }
        start = offset
        guard offset < text.count else { return .end }
        let byte = text[offset]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): return try number()
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            while offset < text.count, Self.isNameByte(text[offset]) { offset += 1 }
            return .name(start..<offset)
        default: return try sign(byte)
        }
    }

    private mutating func number() throws(SyntaxError) -> Token {
        let value: DecimalNumber
        do throws(DecimalNumber.LiteralError) {
            value = try DecimalNumber.scan(text, at: &offset, limits: limits)
        } catch {
            if case .invalid(let offset) = error { throw unexpected(at: offset) }
            throw SyntaxError(offset: start, error: error.calculationError(limits: limits))
        }
        // `2x` and `1.2.3` are typing errors, not products.
        if offset < text.count, Self.isNameByte(text[offset]) || text[offset] == UInt8(ascii: ".") {
            throw unexpected(at: offset)
        }
        return .number(value)
    }

    private mutating func sign(_ byte: UInt8) throws(SyntaxError) -> Token {
        let isDouble = offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "=")
        let token: Token
        switch (byte, isDouble) {
        case (UInt8(ascii: "("), _): token = .opening
        case (UInt8(ascii: ")"), _): token = .closing
        case (UInt8(ascii: ","), _): token = .comma
        case (UInt8(ascii: "+"), _): token = .infix(.plus)
        case (UInt8(ascii: "-"), _): token = .infix(.minus)
        case (UInt8(ascii: "*"), _): token = .infix(.times)
        case (UInt8(ascii: "/"), _): token = .infix(.dividedBy)
        case (UInt8(ascii: "%"), _): token = .infix(.remainder)
        case (UInt8(ascii: "^"), _): token = .infix(.power)
        case (UInt8(ascii: "<"), true): token = .infix(.lessOrEqual)
        case (UInt8(ascii: "<"), false): token = .infix(.less)
        case (UInt8(ascii: ">"), true): token = .infix(.greaterOrEqual)
        case (UInt8(ascii: ">"), false): token = .infix(.greater)
        case (UInt8(ascii: "="), _): token = .infix(.equal)
        case (UInt8(ascii: "!"), true): token = .infix(.notEqual)
        default: throw unexpected(at: offset)
        }
        if case .infix(let infix) = token, infix.precedence == 1, isDouble { offset += 1 }
        offset += 1
        return token
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Lexer {
    /// What stands at the offset does not belong there.
    func unexpected(at offset: Int) -> SyntaxError {
        SyntaxError(offset: offset, error: CalculationError(.invalidExpression, "unexpected \(name(at: offset))"))
    }

    /// The token that was read last does not belong here.
    func unexpected() -> SyntaxError { unexpected(at: start) }

    private func name(at offset: Int) -> String {
        guard offset < text.count else { return "end of the expression" }
        let byte = text[offset]
        if (0x21...0x7E).contains(byte) { return "'\(Unicode.Scalar(byte))'" }
        // What may be invisible, by its code point.
        let rest = text[offset..<min(offset + 4, text.count)]
        guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else { return "character" }
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "character U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}

/// What is wrong with an expression, and at which byte.
struct SyntaxError: Error {
    let offset: Int
    let error: CalculationError
}
