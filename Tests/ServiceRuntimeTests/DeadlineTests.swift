import ServiceRuntime
import Synchronization
import Testing

struct DeadlineTests {
    struct Failure: Error, Equatable {}

    @Test func theValueInTimeIsTheAnswer() async throws {
        #expect(try await withDeadline(.seconds(60)) { 7 } == 7)
    }

    @Test func noValueIsAnAnswerToo() async throws {
        let value: Int? = try await withDeadline(.seconds(60)) { nil }
        #expect(value == nil)
        try await withDeadline(.seconds(60)) {}
    }

    @Test func theErrorInTimeIsThrown() async {
        await #expect(throws: Failure()) { try await withDeadline(.seconds(60)) { throw Failure() } }
    }

    @Test func theOperationIsCancelledWhenTimeIsOver() async throws {
        let wasCancelled = Mutex(false)
        let error = await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.milliseconds(10)) {
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    wasCancelled.withLock { $0 = Task.isCancelled }
                    throw error
                }
            }
        }
        #expect(error == DeadlineExceeded(limit: .milliseconds(10)))
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func anOperationThatEndsDespiteItsCancellationIsLateAllTheSame() async {
        await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.milliseconds(10)) {
                try? await Task.sleep(for: .seconds(600))
                return 7
            }
        }
    }

    @Test func theCallersCancellationEndsBoth() async {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await withDeadline(.seconds(600)) {
                start.yield()
                try await Task.sleep(for: .seconds(600))
            }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func itReadsAsASentence() {
        #expect(DeadlineExceeded(limit: .seconds(2)).description == "took longer than 2.0 seconds")
    }
}
