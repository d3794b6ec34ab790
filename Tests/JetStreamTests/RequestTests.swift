import JetStream
import NIOCore
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@Suite("Request and reply")
struct RequestTests {
    @Test func aRequestIsAnswered() async throws {
        try await withResponder({ request in
            NATSReply(headers: ["seen": request.headers["traceparent"] ?? ""], payload: request.payload)
        }) { client in
            let answer = try await client.request(
                NATSOutgoingMessage(
                    subject: "rpc.echo.v1.say", headers: ["traceparent": "00-1"], payload: ByteBuffer(string: "hello")))
            #expect(answer.payloadText == "hello")
            #expect(answer.headers["seen"] == "00-1")
        }
    }

    @Test func concurrentRequestsGetTheirOwnAnswers() async throws {
        try await withResponder({ NATSReply(payload: $0.payload) }, limits: .init(concurrent: 8, queued: 1_000)) {
            client in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<500 {
                    group.addTask { (number, try await client.ask("rpc.echo.v1.say", "\(number)")) }
                }
                for try await (number, answer) in group { #expect(answer == "\(number)") }
            }
        }
    }

    @Test func aSubjectThatNobodyServesIsAnErrorAtOnce() async throws {
        try await withResponder({ _ in NATSReply() }) { client in
            await #expect(throws: NATSError.noResponders(subject: "rpc.nobody.v1.x")) {
                try await client.ask("rpc.nobody.v1.x", "")
            }
        }
    }

    @Test func anAnswerThatDoesNotComeIsATimeout() async throws {
        try await withResponder({ _ in
            try await Task.sleep(for: .seconds(60))
            return NATSReply()
        }) { client in
            await #expect(throws: NATSError.timeout) {
                try await client.ask("rpc.echo.v1.say", "", timeout: .milliseconds(100))
            }
        }
    }

    @Test func aHandlersErrorIsTheCallersError() async throws {
        struct Secret: Error {}
        try await withResponder({ request in
            if request.payloadText == "known" {
                throw NATSServiceError(code: 404, description: "no such\r\nbounty")
            }
            throw Secret()
        }) { client in
            await #expect(throws: NATSError.service(code: 404, description: "no such bounty")) {
                try await client.ask("rpc.echo.v1.say", "known")
            }
            await #expect(throws: NATSError.service(code: 500, description: "internal error")) {
                try await client.ask("rpc.echo.v1.say", "unknown")
            }
        }
    }

    @Test func whatIsTooMuchIsRefusedAtOnce() async throws {
        let gate = Gate()
        try await withResponder(
            { _ in
                await gate.wait()
                return NATSReply()
            }, limits: .init(concurrent: 2, queued: 1)
        ) { client in
            let outcomes = await withTaskGroup(of: NATSError?.self, returning: [NATSError?].self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do {
                            _ = try await client.ask("rpc.echo.v1.say", "", timeout: .seconds(20))
                            return nil
                        } catch {
                            return error as? NATSError
                        }
                    }
                }
                var outcomes: [NATSError?] = []
                for await outcome in group {
                    outcomes.append(outcome)
                    if outcomes.count == 7 { gate.open() }
                }
                return outcomes
            }
            #expect(outcomes.filter { $0 == nil }.count == 3)
            #expect(outcomes.filter { $0 == .service(code: 503, description: "overloaded") }.count == 7)
        }
    }

    @Test func aQueueGroupSharesTheWork() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                let counts = Mutex([0, 0])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<2 {
                        let responder = try NATSResponder(client: client, subject: "rpc.echo.v1.*", queueGroup: "echo")
                        { _ in
                            counts.withLock { $0[index] += 1 }
                            return NATSReply()
                        }
                        group.addTask { try await responder.run() }
                    }
                    try await client.waitForResponder("rpc.echo.v1.ready")
                    counts.withLock { $0 = [0, 0] }
                    for _ in 0..<200 { _ = try await client.ask("rpc.echo.v1.say", "") }
                    group.cancelAll()
                }
                let final = counts.withLock { $0 }
                #expect(final.reduce(0, +) == 200)
                #expect(final.allSatisfy { $0 > 0 })
            }
        }
    }

    @Test func aResponderServesAgainAfterTheServerDied() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                try await client.serving({ NATSReply(payload: $0.payload) }) {
                    #expect(try await client.ask("rpc.echo.v1.say", "before") == "before")
                    await server.kill()
                    try await server.start()
                    try await client.waitUntilConnected(timeout: .seconds(20))
                    try await client.waitForResponder("rpc.echo.v1.ready")
                    #expect(try await client.ask("rpc.echo.v1.say", "after") == "after")
                }
            }
        }
    }

    @Test func gracefulShutdownFinishesWhatWasTaken() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                let gate = Gate()
                let started = Gate()
                let responder = try NATSResponder(client: client, subject: "rpc.slow.v1.*", queueGroup: "slow") {
                    request in
                    if request.subject == "rpc.slow.v1.ready" { return NATSReply() }
                    started.open()
                    await gate.wait()
                    return NATSReply(payload: ByteBuffer(string: "finished"))
                }
                let group = ServiceGroup(services: [responder], logger: .quiet)
                let run = Task { try await group.run() }
                try await client.waitForResponder("rpc.slow.v1.ready")
                async let answer = client.ask("rpc.slow.v1.go", "", timeout: .seconds(20))
                await started.wait()
                await group.triggerGracefulShutdown()
                // No new ones are taken any more.
                try await client.waitForNoResponder("rpc.slow.v1.ready")
                gate.open()
                #expect(try await answer == "finished")
                try await run.value
            }
        }
    }

    private func withResponder(
        _ handler: @escaping NATSResponder.Handler, limits: NATSResponder.Limits = .init(),
        _ body: @escaping @Sendable (NATSClient) async throws -> Void
    ) async throws {
        try await TestNATS.withServer { server in
            try await server.withClient(inboxPrefix: "_INBOX.test") { client in
                try await client.serving(handler, limits: limits) { try await body(client) }
            }
        }
    }
}

/// Lets through once opened.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }

    func wait() async { for await _ in stream {} }
}

extension NATSClient {
    func ask(_ subject: String, _ text: String, timeout: Duration? = nil) async throws -> String {
        let message = NATSOutgoingMessage(subject: subject, payload: ByteBuffer(string: text))
        return try await request(message, timeout: timeout).payloadText
    }

    /// Serves `rpc.echo.v1.*` while the body runs.
    func serving(
        _ handler: @escaping NATSResponder.Handler, limits: NATSResponder.Limits = .init(),
        _ body: () async throws -> Void
    ) async throws {
        let responder = try NATSResponder(
            client: self, subject: "rpc.echo.v1.*", queueGroup: "echo", limits: limits,
            handler: { $0.subject.hasSuffix(".ready") ? NATSReply() : try await handler($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await responder.run() }
            defer { group.cancelAll() }
            try await waitForResponder("rpc.echo.v1.ready")
            try await body()
        }
    }

    /// Asks until somebody answers.
    func waitForResponder(_ subject: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while (try? await ask(subject, "", timeout: .seconds(1))) == nil {
            try #require(ContinuousClock.now < deadline, "nobody serves \(subject)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func waitForNoResponder(_ subject: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while (try? await ask(subject, "", timeout: .seconds(1))) != nil {
            try #require(ContinuousClock.now < deadline, "somebody still serves \(subject)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
