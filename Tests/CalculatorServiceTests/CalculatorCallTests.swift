import NIOCore
import Testing
import Wire
import WireClient

/// The calculator's calls over the RPC protocol.
struct CalculatorCallTests {
    private static func soon() -> NIODeadline { .now() + .seconds(30) }

    @Test func everyCallAnswers() async throws {
        try await CalculatorFixture.with { fixture in
            let rpc = fixture.rpc
            let sum = try await rpc.call(
                Evaluate.self, Evaluate.Request(expression: "0.1 + 0.2"), deadline: Self.soon())
            #expect(sum.result == "0.3")
            #expect(sum.isExact)
            let third = try await rpc.call(
                Evaluate.self,
                Evaluate.Request(
                    expression: "x / 3", rounding: Rounding(precision: 5, rule: .up),
                    variables: [Evaluate.Variable(name: "x", value: "1")]), deadline: Self.soon())
            #expect(third.result == "0.33334")
            #expect(third.digits == 5)
            let batch = try await rpc.call(
                Batch.self, Batch.Request(expressions: ["1 + 1", "1 / 0"]), deadline: Self.soon())
            #expect(batch.items.first == .evaluation(try Evaluation(result: "2")))
            guard case .error(let error) = batch.items.last else {
                Issue.record("\(batch)")
                return
            }
            #expect(error.reason == "division-by-zero")
            #expect(error.position == 3)
            #expect(error.pointer == "/expressions/1")
            let parts = try await rpc.call(
                Allocate.self, Allocate.Request(units: "100", weights: ["70", "30", "1"]), deadline: Self.soon())
            #expect(parts.parts == ["69", "30", "1"])
            let lamports = try await rpc.call(
                Convert.self, Convert.Request(amount: "1.5", from: "SOL", to: "lamport"), deadline: Self.soon())
            #expect(lamports.amount == "1500000000")
        }
    }

    @Test func summariesOfPartsAreTheSummaryOfTheWhole() async throws {
        try await CalculatorFixture.with { fixture in
            let values = (1...1_000).map { "\($0 * 7 % 1_001).\($0 % 10)" }
            let quantiles = ["0", "0.25", "0.5", "0.99", "1"]
            let whole = try await fixture.rpc.call(
                Summarize.self, Summarize.Request(quantiles: quantiles, values: values), deadline: Self.soon())
            var parts: [PartialSummary] = []
            for start in stride(from: 0, to: values.count, by: 300) {
                let answer = try await fixture.rpc.call(
                    Summarize.self,
                    Summarize.Request(
                        form: .partWithValues, values: Array(values[start..<min(start + 300, values.count)])),
                    deadline: Self.soon())
                guard case .part(let part) = answer else { continue }
                parts.append(part)
            }
            #expect(parts.count == 4)
            let merged = try await fixture.rpc.call(
                Summarize.self, Summarize.Request(quantiles: quantiles, values: [], parts: parts), deadline: Self.soon()
            )
            #expect(merged == whole)
        }
    }

    @Test(arguments: [
        ("1 / 0", StatusCode.invalidArgument, "division-by-zero"), ("2 +* 3", .invalidArgument, "invalid-expression"),
        ("9^9^9^9", .outOfRange, "too-many-digits"), ("2^(2^40)", .outOfRange, "exponent-out-of-range"),
        (String(repeating: "(", count: 5_000), .outOfRange, "too-deep"),
    ])
    func whatHasNoValueIsAnErrorAtOnce(expression: String, status: StatusCode, reason: String) async throws {
        try await CalculatorFixture.with { fixture in
            let error = await #expect(throws: RPCError.self) {
                try await fixture.rpc.call(
                    Evaluate.self, Evaluate.Request(expression: expression), deadline: Self.soon())
            }
            #expect(error?.code == status)
            #expect(error?.reason == reason)
        }
    }

    @Test func aLongCallEndsAtItsDeadlineAndHoldsUpNobody() async throws {
        try await CalculatorFixture.with { fixture in
            // Seconds of work, in steps of which each is short.
            let long = Array(repeating: "sqrt(2)^0.5", count: 3_000).joined(separator: "+")
            let request = try Evaluate.Request(expression: long, rounding: Rounding(precision: 10_000, rule: .halfEven))
            let slow = Task { () -> StatusCode? in
                do throws(RPCError) {
                    _ = try await fixture.rpc.call(Evaluate.self, request, deadline: .now() + .seconds(1))
                    return nil
                } catch {
                    return error.code
                }
            }
            for _ in 0..<100 {
                let answer = try await fixture.rpc.call(
                    Evaluate.self, Evaluate.Request(expression: "1 + 1"), deadline: Self.soon())
                #expect(answer.result == "2")
            }
            #expect(await slow.value == .deadlineExceeded)
        }
    }
}
