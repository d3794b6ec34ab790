import CGMP

extension BigInteger {
    @inlinable
    package static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if case .small(let a) = left.storage, case .small(let b) = right.storage {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { return BigInteger(sum) }
        }
        return left.addingLarge(right)
    }

    @inlinable
    package static func - (left: BigInteger, right: BigInteger) -> BigInteger {
        if case .small(let a) = left.storage, case .small(let b) = right.storage {
            let (difference, overflow) = a.subtractingReportingOverflow(b)
            if !overflow { return BigInteger(difference) }
        }
        return left.subtractingLarge(right)
    }

    @inlinable
    package static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        if case .small(let a) = left.storage, case .small(let b) = right.storage {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            if !overflow { return BigInteger(product) }
        }
        return left.multipliedLarge(by: right)
    }

    package static prefix func - (value: BigInteger) -> BigInteger { .zero - value }

    package var magnitude: BigInteger { isNegative ? -self : self }

    @usableFromInline
    func addingLarge(_ other: BigInteger) -> BigInteger { Self.make(self, other) { __gmpz_add($0, $1, $2) } }

    @usableFromInline
    func subtractingLarge(_ other: BigInteger) -> BigInteger { Self.make(self, other) { __gmpz_sub($0, $1, $2) } }

    @usableFromInline
    func multipliedLarge(by other: BigInteger) -> BigInteger { Self.make(self, other) { __gmpz_mul($0, $1, $2) } }

    /// Quotient rounded toward zero, and a remainder of the dividend's sign.
    package func quotientAndRemainder(dividingBy divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        precondition(!divisor.isZero, "division by zero")
        if let a = small, let b = divisor.small, b != -1 {
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
            return (BigInteger(quotient), BigInteger(remainder))
        }
        var quotient = __mpz_struct()
        var remainder = __mpz_struct()
        __gmpz_init(&quotient)
        __gmpz_init(&remainder)
        withHeader { a in divisor.withHeader { b in __gmpz_tdiv_qr(&quotient, &remainder, a, b) } }
        return (BigInteger(adopting: quotient), BigInteger(adopting: remainder))
    }

    /// The quotient of a division that leaves no remainder, which is faster; any other gives nonsense.
    package func exactQuotient(dividingBy divisor: BigInteger) -> BigInteger {
        precondition(!divisor.isZero, "division by zero")
        if divisor.isOne { return self }
        if let a = small, let b = divisor.small, b != -1 { return BigInteger(a / b) }
        return Self.make(self, divisor) { __gmpz_divexact($0, $1, $2) }
    }

    /// The greatest common divisor, never negative.
    package func greatestCommonDivisor(with other: BigInteger) -> BigInteger {
        if isOne || other.isOne { return .one }
        return Self.make(self, other) { __gmpz_gcd($0, $1, $2) }
    }

    /// The number to a power; 1 to the power 0.
    package func power(_ exponent: Int) -> BigInteger {
        precondition(exponent >= 0, "an integer to a negative power is none")
        switch (small, exponent) {
        case (_, 0), (1, _): return .one
        case (_, 1): return self
        case (_, 2): return self * self
        case (-1, _): return BigInteger(exponent.isMultiple(of: 2) ? 1 : -1)
        default: return withHeader { base in Self.make { __gmpz_pow_ui($0, base, UInt(exponent)) } }
        }
    }

    /// 10 to a power.
    package static func powerOfTen(_ exponent: Int) -> BigInteger {
        precondition(exponent >= 0, "ten to a negative power is no integer")
        if exponent < usualPowersOfTen.count { return usualPowersOfTen[exponent] }
        return make { __gmpz_ui_pow_ui($0, 10, UInt(exponent)) }
    }

    /// Those that rounding to the usual precisions needs, kept.
    private static let usualPowersOfTen: [BigInteger] = (0...160).map { exponent in
        make { __gmpz_ui_pow_ui($0, 10, UInt(exponent)) }
    }
}

extension BigInteger: Comparable, Hashable {
    package static func == (left: BigInteger, right: BigInteger) -> Bool {
        switch (left.storage, right.storage) {
        case (.small(let a), .small(let b)): a == b
        case (.large, .large): left.compared(with: right) == 0
        case (.small, .large), (.large, .small): false
        }
    }

    package static func < (left: BigInteger, right: BigInteger) -> Bool {
        if case .small(let a) = left.storage, case .small(let b) = right.storage { return a < b }
        return left.compared(with: right) < 0
    }

    /// Less than, equal to or greater than zero.
    package func compared(with other: BigInteger) -> Int {
        if let a = small, let b = other.small { return a < b ? -1 : a == b ? 0 : 1 }
        return Int(withHeader { left in other.withHeader { right in __gmpz_cmp(left, right) } })
    }

    /// Less than, equal to or greater than zero, as the magnitude is compared with the other's.
    package func comparedMagnitude(with other: BigInteger) -> Int {
        if let a = small, let b = other.small {
            return a.magnitude < b.magnitude ? -1 : a.magnitude == b.magnitude ? 0 : 1
        }
        return Int(withHeader { left in other.withHeader { right in __gmpz_cmpabs(left, right) } })
    }

    package func hash(into hasher: inout Hasher) {
        switch storage {
        case .small(let value): hasher.combine(value)
        case .large:
            // Equal numbers have equal low bits; nothing here hashes numbers that an attacker picks to collide.
            hasher.combine(bitWidth)
            hasher.combine(withHeader { __gmpz_get_ui($0) })
        }
    }
}
