import Money

extension Calculator {
    /// The same amount in another denomination of the same asset. Exact, as both count the same smallest units.
    package func convert(
        _ request: ConvertRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> Conversion {
        try Meter(limits, budget).begin()
        let from = try denomination(request.from, pointer: "/from")
        let to = try denomination(request.to, pointer: "/to")
        guard from.asset == to.asset else {
            throw CalculationError(
                .differentAssets, "\(from.symbol) and \(to.symbol) are denominations of different assets",
                pointer: "/to")
        }
        let amount: Amount
        do throws(AmountError) {
            amount = try Amount(decimal: request.amount, decimals: from.decimals)
        } catch .zero {
            amount = .zero
        } catch {
            throw CalculationError(.invalidAmount, error.sentence, pointer: "/amount")
        }
        return Conversion(amount: amount.decimal(decimals: to.decimals))
    }

    private func denomination(_ symbol: String, pointer: String) throws(CalculationError) -> Denomination {
        guard let denomination = denominations[symbol] else {
            throw CalculationError(.unknownDenomination, "there is no such denomination here", pointer: pointer)
        }
        return denomination
    }
}
