import Synchronization
import Testing

@testable import BountyService

struct IntakeBudgetTests {
    struct Failure: Error {}

    /// Remembers how high it was.
    final class Gauge: Sendable {
        private let state = Mutex((now: 0, highest: 0))

        func add(_ bytes: Int) {
            state.withLock { state in
                state.now += bytes
                state.highest = max(state.highest, state.now)
            }
        }

        var highest: Int { state.withLock { $0.highest } }
    }

    @Test func sharesGrowUpToTheLimitTogether() async throws {
        let budget = IntakeBudget(bytes: 10)
        await budget.withShare { first in
            #expect(first.reserve(4))
            await budget.withShare { second in
                #expect(second.reserve(6))
                #expect(!second.reserve(1))
                #expect(!first.reserve(1))
                #expect(first.reserve(0))
            }
            // What was refused is not counted.
            #expect(first.reserve(6))
            #expect(!first.reserve(1))
        }
    }

    @Test func aShareIsTakenBackHoweverItEnds() async {
        let budget = IntakeBudget(bytes: 10)
        for _ in 0..<3 {
            await #expect(throws: Failure.self) {
                try await budget.withShare { share in
                    #expect(share.reserve(10))
                    throw Failure()
                }
            }
        }
        #expect(await budget.withShare { $0.reserve(10) })
    }

    @Test func manyAtOnceNeverPassTheLimit() async {
        let budget = IntakeBudget(bytes: 100)
        let gauge = Gauge()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await budget.withShare { share in
                        guard share.reserve(30) else { return }
                        gauge.add(30)
                        await Task.yield()
                        gauge.add(-30)
                    }
                }
            }
        }
        #expect((30...90).contains(gauge.highest))
        #expect(await budget.withShare { $0.reserve(100) })
    }
}
