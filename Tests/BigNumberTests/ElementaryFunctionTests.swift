import BigNumber
import Testing

struct ElementaryFunctionTests {
    /// First digits of the values, truncated, from the OEIS: A001113, A002392, A007524.
    @Test(arguments: [
        (ElementaryFunction.exponential, 1, 0, "2718281828459045235360287471352662497757", -39),
        (.naturalLogarithm, 1, 1, "2302585092994045684017991454684364207601", -39),
        (.decimalLogarithm, 2, 0, "3010299956639811952137388947244930267681", -40),
    ])
    func aValueLiesBetweenItsBounds(
        function: ElementaryFunction, mantissa: Int, exponent: Int, digits: String, place: Int
    ) throws {
        let below = try #require(
            function.bound(atMantissa: BigInteger(mantissa), exponent: exponent, digits: 40, side: .below))
        let above = try #require(
            function.bound(atMantissa: BigInteger(mantissa), exponent: exponent, digits: 40, side: .above))
        let truncated = try #require(BigInteger(decimalDigits: digits.utf8))
        #expect(below.exponent == place && above.exponent == place)
        #expect(below.mantissa <= truncated && truncated < above.mantissa)
        #expect(above.mantissa - below.mantissa <= BigInteger(2))
        #expect(!below.isExact && !above.isExact)
    }

    @Test(arguments: [
        (ElementaryFunction.exponential, 0, 0, 1), (.naturalLogarithm, 1, 0, 0), (.decimalLogarithm, 1000, 0, 3),
        (.decimalLogarithm, 1, 0, 0),
    ])
    func exactValuesSayThatTheyAre(function: ElementaryFunction, mantissa: Int, exponent: Int, value: Int) throws {
        for side in [ElementaryFunction.Side.below, .above] {
            let bound = try #require(
                function.bound(atMantissa: BigInteger(mantissa), exponent: exponent, digits: 20, side: side))
            #expect(bound.isExact)
            #expect(bound.mantissa == BigInteger(value) * BigInteger.powerOfTen(-bound.exponent))
        }
    }

    @Test func exponentsGoFarBeyondThoseOfMachineNumbers() throws {
        let bound = try #require(
            ElementaryFunction.naturalLogarithm.bound(
                atMantissa: .one, exponent: 999_999_999, digits: 10, side: .below))
        #expect(bound.mantissa == BigInteger(2_302_585_090))
        let huge = ElementaryFunction.exponential.bound(atMantissa: .one, exponent: 30, digits: 10, side: .above)
        #expect(huge == nil)
        let tiny = try #require(
            ElementaryFunction.exponential.bound(atMantissa: .one, exponent: -1_000_000, digits: 10, side: .below))
        #expect(tiny.mantissa == BigInteger.powerOfTen(9) && !tiny.isExact)
    }
}
