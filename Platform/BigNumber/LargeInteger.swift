import CGMP

/// The owner of one of GMP's integers.
///
/// `@unchecked Sendable`: it is never changed after it was made, and GMP only reads its operands.
@usableFromInline
final class LargeInteger: @unchecked Sendable {
    private var owned: __mpz_struct

    /// Takes over an initialized integer.
    init(adopting raw: __mpz_struct) {
        owned = raw
    }

    deinit {
        __gmpz_clear(&owned)
    }

    /// A header that shares the digits: for reading, while the object lives.
    var header: __mpz_struct { owned }

    @usableFromInline var signum: Int { owned._mp_size < 0 ? -1 : 1 }

    var isOdd: Bool { owned._mp_d.pointee & 1 == 1 }

    @usableFromInline var bitWidth: Int { withUnsafePointer(to: owned) { __gmpz_sizeinbase($0, 2) } }
}

extension BigInteger {
    /// What `body` makes of an integer that GMP has initialized to zero.
    static func make(_ body: (UnsafeMutablePointer<__mpz_struct>) -> Void) -> BigInteger {
        var raw = __mpz_struct()
        __gmpz_init(&raw)
        body(&raw)
        return BigInteger(adopting: raw)
    }

    /// Takes over an initialized integer: into a machine word, where it fits.
    init(adopting raw: __mpz_struct) {
        var raw = raw
        if __gmpz_fits_slong_p(&raw) != 0 {
            let value = __gmpz_get_si(&raw)
            __gmpz_clear(&raw)
            self.init(value)
        } else {
            self.init(storage: .large(LargeInteger(adopting: raw)))
        }
    }

    /// Lends the number to GMP as an operand that is only read.
    func withHeader<Result>(_ body: (UnsafePointer<__mpz_struct>) -> Result) -> Result {
        switch storage {
        case .small(let value):
            var limb = mp_limb_t(value.magnitude)
            return withUnsafeMutablePointer(to: &limb) { limb in
                let header = __mpz_struct(_mp_alloc: 1, _mp_size: Int32(value.signum()), _mp_d: limb)
                return withUnsafePointer(to: header, body)
            }
        case .large(let large):
            return withExtendedLifetime(large) { withUnsafePointer(to: large.header, body) }
        }
    }

    /// What `body` makes of two operands and a fresh result.
    static func make(
        _ left: BigInteger, _ right: BigInteger,
        _ body: (UnsafeMutablePointer<__mpz_struct>, UnsafePointer<__mpz_struct>, UnsafePointer<__mpz_struct>) -> Void
    ) -> BigInteger {
        left.withHeader { left in right.withHeader { right in make { body($0, left, right) } } }
    }
}
