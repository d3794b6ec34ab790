import BigNumber
import TestRandom
import Testing

struct BigIntegerTests {
    static let edges = [0, 1, -1, 2, -2, 9, 10, -10, Int.max, Int.min, Int.max - 1, Int.min + 1, 1 << 32, -(1 << 32)]

    static let interesting: [BigInteger] =
        edges.map { BigInteger($0) }
        + [64, 65, 127, 128, 300].flatMap { bits in
            [BigInteger(2).power(bits), BigInteger(2).power(bits) - .one, -BigInteger(2).power(bits)]
        }

    @Test(arguments: interesting)
    func arithmeticHoldsItsLaws(a: BigInteger) {
        for b in Self.interesting {
            #expect(a + b == b + a)
            #expect(a + b - b == a)
            #expect(a * b == b * a)
            #expect((a + b) * (a - b) == a * a - b * b)
            #expect((a < b) == (b > a))
            #expect((a - b).signum == (a < b ? -1 : a == b ? 0 : 1))
            #expect((a.comparedMagnitude(with: b) < 0) == (a.magnitude < b.magnitude))
            guard !b.isZero else { continue }
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
            #expect(quotient * b + remainder == a)
            #expect(remainder.comparedMagnitude(with: b) < 0)
            #expect(remainder.isZero || remainder.signum == a.signum)
            #expect((a * b).exactQuotient(dividingBy: b) == a)
        }
    }

    @Test(arguments: edges)
    func aWordStaysAWord(value: Int) {
        let number = BigInteger(value)
        #expect(number.small == value)
        #expect(number.description == String(value))
        // Out of the range of words and back again.
        let far = BigInteger(2).power(70)
        #expect((number + far - far).small == value)
        #expect((number * far).quotientAndRemainder(dividingBy: far).quotient.small == value)
        #expect(Set([number, number + far - far]).count == 1)
    }

    @Test(arguments: 0...700)
    func digitsAreCountedExactlyAndEstimatedClosely(power: Int) {
        let ten = BigInteger.powerOfTen(power)
        let two = BigInteger(2).power(power * 4)
        for value in [ten, ten - .one, ten + .one, two, two - .one, -ten] {
            let digits = value.magnitude.description.utf8.count
            #expect(value.decimalDigitCount == digits)
            #expect((digits...digits + 1).contains(value.decimalDigitsEstimate))
            #expect(String(decoding: value.decimalDigits, as: UTF8.self) == value.magnitude.description)
        }
    }

    @Test(arguments: [0, 1, 5, 18, 19, 20, 40, 1000])
    func digitsAreReadAsTheyAreWritten(count: Int) throws {
        var generator = SplitMix64(seed: UInt64(count))
        for _ in 0..<50 {
            let text = "7" + (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            #expect(BigInteger(decimalDigits: text.utf8)?.description == text)
            #expect(BigInteger(decimalDigits: ("000" + text).utf8)?.description == text)
        }
    }

    @Test(arguments: ["", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "\u{661}"])
    func otherThanDigitsAreNoNumber(text: String) {
        #expect(BigInteger(decimalDigits: text.utf8) == nil)
    }

    @Test(arguments: 1...9)
    func rootsAreExactOfPowersAndBelowOthers(degree: Int) {
        var generator = SplitMix64(seed: UInt64(degree))
        for _ in 0..<100 {
            let base = BigInteger(Int.random(in: 1...Int.max, using: &generator))
            let power = base.power(degree)
            #expect(power.root(degree) == (base, true))
            if degree > 1 {
                #expect((power + .one).root(degree) == (base, false))
                #expect((power - .one).root(degree) == (base - .one, power - .one == .zero))
            }
        }
    }

    @Test func factorsAreRemoved() {
        let number = BigInteger(7).power(40) * BigInteger(2).power(90)
        #expect(number.removing(factor: 2) == (BigInteger(7).power(40), 90))
        #expect((-number).removing(factor: 7) == (-BigInteger(2).power(90), 40))
        #expect(BigInteger(1200).removing(factor: 10) == (BigInteger(12), 2))
        #expect(BigInteger.zero.removing(factor: 10) == (.zero, 0))
        #expect(BigInteger(48).greatestCommonDivisor(with: BigInteger(-18)) == BigInteger(6))
    }
}
