import CalculatorDomain
import Wire

/// The calls of the wire in terms of the domain. Synchronous: who calls decides on which thread.
struct CalculatorCalls: Sendable {
    let calculator: Calculator

    func evaluate(_ request: Evaluate.Request, _ budget: Budget) throws(CalculationError) -> Evaluate.Response {
        let variables = try variables(request.variables)
        let evaluation = try calculator.evaluate(
            EvaluateRequest(
                expression: request.expression, precision: Int(request.rounding.precision),
                rounding: request.rounding.rule.domain, variables: variables), budget: budget)
        return try Self.answer { () throws(PayloadError) in try evaluation.wire() }
    }

    func batch(_ request: Batch.Request, _ budget: Budget) throws(CalculationError) -> Batch.Response {
        let answer = try calculator.batch(
            BatchRequest(
                expressions: request.expressions, precision: Int(request.rounding.precision),
                rounding: request.rounding.rule.domain), budget: budget)
        return try Self.answer { () throws(PayloadError) in
            var items: [Batch.Item] = []
            items.reserveCapacity(answer.results.count)
            for result in answer.results {
                switch result {
                case .success(let evaluation): items.append(.evaluation(try evaluation.wire()))
                case .failure(let error): items.append(.error(error.rpcError))
                }
            }
            return try Batch.Response(items: items)
        }
    }

    func allocate(_ request: Allocate.Request, _ budget: Budget) throws(CalculationError) -> Allocate.Response {
        let allocation = try calculator.allocate(
            AllocateRequest(units: request.units, weights: request.weights), budget: budget)
        return try Self.answer { () throws(PayloadError) in try Allocate.Response(parts: allocation.parts) }
    }

    func convert(_ request: Convert.Request, _ budget: Budget) throws(CalculationError) -> Convert.Response {
        let conversion = try calculator.convert(
            ConvertRequest(amount: request.amount, from: request.from, to: request.to), budget: budget)
        return try Self.answer { () throws(PayloadError) in try Convert.Response(amount: conversion.amount) }
    }

    private func variables(_ variables: [Evaluate.Variable]) throws(CalculationError) -> [String: String] {
        var values: [String: String] = [:]
        for (index, variable) in variables.enumerated() {
            guard values.updateValue(variable.value, forKey: variable.name) == nil else {
                throw CalculationError(
                    .invalidVariable, "the variable \(variable.name) is given twice", pointer: "/variables/\(index)")
            }
        }
        return values
    }

    /// An answer that does not fit the wire's limits is a result that is too large.
    static func answer<Answer>(_ make: () throws(PayloadError) -> Answer) throws(CalculationError) -> Answer {
        do throws(PayloadError) {
            return try make()
        } catch {
            throw CalculationError(.tooManyDigits, "the answer is too large: \(error)")
        }
    }
}

extension CalculatorDomain.Evaluation {
    fileprivate func wire() throws(PayloadError) -> Wire.Evaluation {
        try Wire.Evaluation(result: result, digits: UInt16(digits ?? 0))
    }
}
