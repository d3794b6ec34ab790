import JetStream
import NIOCore
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// Sizes, times, and the memory that bodies take.
@Suite(.timeLimit(.minutes(5))) struct IntakeLimitTests {
    // MARK: - Sizes

    @Test func aBodyOf25MebibytesIsAccepted() async throws {
        try await IntakeFixture.run(bodyDeadline: .seconds(120), storeDeadline: .seconds(60)) { fixture in
            let body = ByteBuffer(repeating: 0x20, count: 25 * 1024 * 1024)
            #expect(try await fixture.send(DeliveryRequest(body: body)).status == 202)
            #expect(try await fixture.send(DeliveryRequest(body: body).chunked(by: 1 << 20)).status == 202)
            for message in try await fixture.stored(2) {
                #expect(message.message.withPayload { $0.count == body.readableBytes && $0.last == 0x20 })
            }
        }
    }

    @Test(arguments: ["26214401", "99999999999"])
    func aLargerContentLengthIs413BeforeAnyOfTheBodyIsSent(length: String) async throws {
        try await IntakeFixture.run { fixture in
            let request = DeliveryRequest(body: ByteBuffer()).setting("Content-Length", to: length)
            let answer = try await fixture.send(request)
            #expect(answer.status == 413)
            #expect(answer.body.contains("the body is longer than the limit of 26214400 bytes"))
            #expect(fixture.counted("content_too_large") == 1)
        }
    }

    @Test func aLargerChunkedBodyIs413() async throws {
        try await IntakeFixture.run(bodyDeadline: .seconds(120), storeDeadline: .seconds(60)) { fixture async throws in
            let body = ByteBuffer(repeating: 0x20, count: 25 * 1024 * 1024 + 1)
            let answer = try await fixture.send(DeliveryRequest(body: body).chunked(by: 1 << 20))
            #expect(answer.status == 413)
            #expect(try await fixture.storedCount == 0)
            // Nothing of it is left behind.
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func aBodyThatDoesNotArriveInTimeIs408() async throws {
        try await IntakeFixture.run(bodyDeadline: .milliseconds(100)) { fixture in
            var request = DeliveryRequest().setting("Content-Length", to: "100")
            request.body = ByteBuffer(string: "{\"a\":")
            let answer = try await fixture.send(request)
            #expect(answer.status == 408)
            #expect(answer.headers["connection"] == "close")
            #expect(fixture.counted("request_timeout") == 1)
            #expect(try await fixture.storedCount == 0)
        }
    }

    // MARK: - Memory

    @Test func aBodyThatDoesNotFitIntoTheBudgetIs503() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000) { fixture in
            let fits = ByteBuffer(repeating: 0x20, count: 1_000)
            let tooLarge = ByteBuffer(repeating: 0x20, count: 1_001)
            for _ in 0..<3 {
                let answer = try await fixture.send(DeliveryRequest(body: tooLarge))
                #expect(answer.status == 503)
                #expect(answer.headers["retry-after"] == "5")
                // Whatever comes of a body, its bytes are free again.
                #expect(
                    try await fixture.send(DeliveryRequest(body: fits).setting("X-Hub-Signature-256", to: "x")).status
                        == 401)
                #expect(try await fixture.send(DeliveryRequest(body: fits)).status == 202)
                #expect(try await fixture.send(DeliveryRequest("ping", body: fits)).status == 202)
            }
        }
    }

    @Test func bodiesThatArriveAtOnceShareTheBudget() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000) { fixture in
            let first = DeliveryRequest(id: "d-1", body: ByteBuffer(repeating: 0x20, count: 900))
            let second = DeliveryRequest(id: "d-2", body: ByteBuffer(repeating: 0x20, count: 200))
            // Its last byte is held back.
            let (parts, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
            continuation.yield(first.head)
            continuation.yield(first.body.getSlice(at: 0, length: 899) ?? ByteBuffer())
            async let held = exchange(parts, with: fixture.address)
            try await poll { fixture.budget.bytesInUse == 899 }
            #expect(try await fixture.send(second).status == 503)
            continuation.yield(ByteBuffer(bytes: [0x20]))
            continuation.finish()
            #expect(try HTTPAnswer(await held).status == 202)
            #expect(fixture.budget.bytesInUse == 0)
            #expect(try await fixture.send(second).status == 202)
        }
    }

    /// A body is in memory until the broker has it.
    @Test func aBodyThatIsBeingStoredKeepsItsShare() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000, storeDeadline: .seconds(60)) { fixture in
            let first = DeliveryRequest(id: "d-1", body: ByteBuffer(repeating: 0x20, count: 900))
            let second = DeliveryRequest("ping", body: ByteBuffer(repeating: 0x20, count: 200))
            try await withThrowingTaskGroup(of: Int.self) { group in
                try await fixture.broker.whilePaused {
                    group.addTask { try await fixture.send(first).status }
                    // Received, checked, and on its way to a broker that does not answer.
                    try await poll { fixture.budget.bytesInUse == 900 }
                    #expect(try await fixture.send(second).status == 503)
                }
                #expect(try await group.next() == 202)
            }
            #expect(fixture.budget.bytesInUse == 0)
            #expect(try await fixture.send(second).status == 202)
        }
    }
}
