import CalculatorDomain
import Money
import Testing

struct ConvertTests {
    @Test(arguments: [
        ("1.5", "SOL", "LAMPORT", "1500000000"), ("1", "LAMPORT", "SOL", "0.000000001"),
        ("1", "sol", "lamport", "1000000000"),
        ("2500000", "UATOM", "ATOM", "2.5"), ("0.000001", "ATOM", "UATOM", "1"),
        ("1", "ETH", "WEI", "1000000000000000000"),
        ("1", "WEI", "ETH", "0.000000000000000001"), ("1.000000001", "GWEI", "WEI", "1000000001"),
        ("12.50", "USDC", "USDC", "12.5"),
        ("0", "ETH", "WEI", "0"), ("0.000", "SOL", "LAMPORT", "0"),
        (
            "115792089237316195423570985008687907853269984665640564039457584007913129639935", "WEI", "ETH",
            "115792089237316195423570985008687907853269984665640564039457.584007913129639935"
        ),
    ])
    func amountsAreConvertedExactly(amount: String, from: String, to: String, result: String) throws {
        #expect(try Calculator.test.convert(ConvertRequest(amount: amount, from: from, to: to)).amount == result)
    }

    @Test func everyPairOfAnAssetConvertsThereAndBack() throws {
        for from in Denominations.builtIn.all {
            for to in Denominations.builtIn.all where to.asset == from.asset {
                let there = try Calculator.test.convert(
                    ConvertRequest(amount: "123456789", from: from.symbol, to: to.symbol))
                let back = try Calculator.test.convert(
                    ConvertRequest(amount: there.amount, from: to.symbol, to: from.symbol))
                #expect(back.amount == "123456789")
            }
        }
    }

    @Test(
        arguments: [
            ("1", "SOL", "ETH", .differentAssets, "/to"), ("1", "DOGE", "SOL", .unknownDenomination, "/from"),
            ("1", "SOL", "", .unknownDenomination, "/to"), ("1.5", "LAMPORT", "SOL", .invalidAmount, "/amount"),
            ("-1", "SOL", "LAMPORT", .invalidAmount, "/amount"), ("1e3", "SOL", "LAMPORT", .invalidAmount, "/amount"),
            ("", "SOL", "LAMPORT", .invalidAmount, "/amount"), ("1,5", "SOL", "LAMPORT", .invalidAmount, "/amount"),
            (String(repeating: "9", count: 78), "WEI", "ETH", .invalidAmount, "/amount"),
        ] as [(String, String, String, CalculationError.Code, String)])
    func aBadRequestIsRefused(amount: String, from: String, to: String, code: CalculationError.Code, pointer: String) {
        #expect {
            try Calculator.test.convert(ConvertRequest(amount: amount, from: from, to: to))
        } throws: { error in
            (error as? CalculationError)?.code == code && (error as? CalculationError)?.pointer == pointer
        }
    }
}
