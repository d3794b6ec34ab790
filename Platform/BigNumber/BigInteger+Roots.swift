import CGMP

extension BigInteger {
    /// The largest whole number whose `degree`th power is not greater, and whether the power is the number itself.
    ///
    /// Of numbers that are not negative.
    package func root(_ degree: Int) -> (root: BigInteger, isExact: Bool) {
        precondition(!isNegative && degree > 0, "roots are of numbers that are not negative")
        var isExact = false
        let root = withHeader { value in
            Self.make { result in
                // GMP keeps 2^degree and the like: no root of a higher degree than there are bits is more than 1.
                isExact = __gmpz_root(result, value, UInt(degree)) != 0
            }
        }
        return (root, isExact)
    }

    /// The number without its factors `prime`, and how many there were. Zero has none.
    package func removing(factor prime: Int) -> (rest: BigInteger, count: Int) {
        precondition(prime > 1, "a factor is greater than one")
        if isZero { return (self, 0) }
        if var value = small {
            var count = 0
            while value % prime == 0 {
                value /= prime
                count += 1
            }
            return (BigInteger(value), count)
        }
        var count = 0
        let rest = withHeader { value in
            BigInteger(prime).withHeader { prime in
                Self.make { count = Int(__gmpz_remove($0, value, prime)) }
            }
        }
        return (rest, count)
    }
}
