import CalculatorDomain
import NIOCore
import Wire
import WireServer

extension CalculatorCalls {
    /// Estimated nanoseconds that a call may take on the event loop, where others wait behind it.
    private static let lightWork = 20_000

    /// The methods as the RPC server serves them: tried on the event loop with a small budget, and done by a worker where that
    /// is not enough.
    var methods: [RPCMethod] {
        [
            method(Evaluate.self) { calls, request, budget throws(CalculationError) in
                try calls.evaluate(request, budget)
            },
            method(Batch.self) { calls, request, budget throws(CalculationError) in try calls.batch(request, budget) },
            method(Summarize.self) { calls, request, budget throws(CalculationError) in
                try calls.summarize(request, budget)
            },
            method(Allocate.self) { calls, request, budget throws(CalculationError) in
                try calls.allocate(request, budget)
            },
            method(Convert.self) { calls, request, budget throws(CalculationError) in try calls.convert(request, budget)
            },
        ]
    }

    private func method<Method: WireMethod>(
        _: Method.Type,
        _ call:
            @escaping @Sendable (CalculatorCalls, Method.Request, Budget) throws(CalculationError) -> Method.Response
    ) -> RPCMethod {
        RPCMethod(
            Method.self,
            light: { (request, _, answer) throws(RPCError) -> Bool in
                do throws(CalculationError) {
                    answer(try call(self, request, Budget(work: Self.lightWork)))
                    return true
                } catch {
                    if error.code == .tooMuchWork { return false }
                    throw error.rpcError
                }
            },
            heavy: { (request, context) async throws(RPCError) -> Method.Response in
                do throws(CalculationError) {
                    return try call(self, request, context.budget)
                } catch {
                    throw error.rpcError
                }
            })
    }
}

extension RPCContext {
    /// Until the deadline, or until nobody waits any more.
    fileprivate var budget: Budget {
        let left = Duration(deadline - .now())
        return Budget(deadline: .now + left, isCancelled: { Task.isCancelled })
    }
}
