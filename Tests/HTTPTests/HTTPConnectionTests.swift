import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// How requests of one connection become answers, from a real listener.
struct HTTPConnectionTests {
    private static let chunk = 16 * 1024
    private static let chunkCount = 1_000

    private static func router() -> Router<ServerRequestContext> {
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.get("/number/{n}") { _, context in try context.parameters.require("n") }
        router.post("/echo") { request, _ in String(buffer: try await request.body.collect(upTo: 1 << 24)) }
        router.post("/count") { request, _ in
            var bytes = 0
            for try await part in request.body { bytes += part.readableBytes }
            return "\(bytes)"
        }
        router.post("/unread") { _, _ in "not read" }
        router.post("/where") { request, _ in
            for try await _ in request.body {}
            return MultiThreadedEventLoopGroup.currentEventLoop == nil ? "elsewhere" : "event loop"
        }
        router.get("/stream") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<chunkCount { try await writer.write(ByteBuffer(repeating: 126, count: chunk)) }
                    try await writer.finish(nil)
                })
        }
        router.get("/broken") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "begun"))
                    throw Problem.internalError
                })
        }
        router.refuseOtherMethods()
        return router
    }

    private static func exchange(_ parts: [String], limits: ConnectionLimits = .init()) async throws -> String {
        try await withListener(router(), limits: limits) { address in
            try await withDeadline(.seconds(60)) {
                try await TestSupport.exchange(parts.map { ByteBuffer(string: $0) }, with: address)
            }
        }
    }

    private static func bodies(_ answers: String) -> [String] {
        answers.split(separator: "HTTP/1.1 200 OK\r\n").map { answer in
            String(answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false).last ?? "")
        }
    }

    /// More than are read ahead, in one piece and byte by byte.
    @Test(arguments: [Int.max, 1, 7])
    func requestsOfOneConnectionAreAnsweredInTheirOrder(size: Int) async throws {
        let count = size == .max ? 300 : 10
        let requests = (0..<count).map { number in
            number % 2 == 0
                ? "GET /number/\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
                : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \("\(number)".utf8.count)\r\n\r\n\(number)"
        }
        let text = Array((requests.joined() + "GET /number/-1 HTTP/1.1\r\nConnection: close\r\nHost: a\r\n\r\n").utf8)
        let parts = stride(from: 0, to: text.count, by: min(size, text.count)).map { start in
            String(decoding: text[start..<min(text.count, start + min(size, text.count))], as: UTF8.self)
        }
        let answers = try await Self.exchange(parts)
        #expect(Self.bodies(answers) == (0..<count).map { "\($0)" } + ["-1"])
    }

    @Test func everyAnswerSaysItsTime() async throws {
        let answer = try HTTPAnswer(
            await Self.exchange(["GET /number/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"]))
        let date = try #require(answer.headers["date"])
        #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/) != nil, "\(date)")
    }

    /// RFC 9110, section 5.6.7.
    @Test func timesAreWrittenAsHTTPDoes() {
        #expect(DateHeader().text(of: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test(arguments: ["/echo", "/count"])
    func aLongBodyComesWhole(path: String) async throws {
        let body = String(repeating: "0123456789abcdef", count: 200_000)
        let head = "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        let answer = try HTTPAnswer(await Self.exchange([head, body]))
        #expect(answer.status == 200)
        #expect(answer.body == (path == "/echo" ? body : "\(body.utf8.count)"))
    }

    /// What is brief is answered where it came in; what is long holds nobody up there.
    @Test(arguments: [(10, "event loop"), (1 << 21, "elsewhere")])
    func longRequestsLeaveTheEventLoop(size: Int, place: String) async throws {
        let answers = try await Self.exchange([
            "POST /where HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: \(size)\r\n\r\n"
                + String(repeating: "x", count: size)
        ])
        #expect(Self.bodies(answers) == [place])
    }

    @Test func aBodyThatBreaksOffIsTheClientsFault() async throws {
        let seen = Mutex<Int?>(nil)
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.add(middleware: StatusProbe { status in seen.withLock { $0 = status } })
        router.post("/read") { request, _ in String(buffer: try await request.body.collect(upTo: 1_000)) }
        try await withListener(router) { address in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: address.host, port: address.port).get()
            try await channel.writeAndFlush(
                ByteBuffer(string: "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"))
            try await channel.close()
            try await poll { seen.withLock { $0 } != nil }
        }
        #expect(seen.withLock { $0 } == 400)
    }

    /// Its rest is not taken for a request.
    @Test func aBodyThatNobodyReadIsPassedOver() async throws {
        let body = String(repeating: "GET /number/9 HTTP/1.1\r\n\r\n", count: 40_000)
        let answers = try await Self.exchange([
            "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n", body,
            "GET /number/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        ])
        #expect(Self.bodies(answers) == ["not read", "1"])
    }

    @Test func aStreamComesWhole() async throws {
        let answer = try await Self.exchange(["GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"])
        #expect(answer.utf8.count(where: { $0 == 126 }) == Self.chunk * Self.chunkCount)
        #expect(answer.hasSuffix("0\r\n\r\n"))
    }

    /// Only the end of the connection can tell: the end of the body is missing.
    @Test func anAnswerThatBreaksOffEndsTheConnection() async throws {
        let answer = try await Self.exchange(["GET /broken HTTP/1.1\r\nHost: a\r\n\r\n"])
        #expect(answer.hasSuffix("begun\r\n"))
    }

    @Test func aSilentConnectionIsClosed() async throws {
        var limits = ConnectionLimits()
        limits.idle = .seconds(2)
        let answer = try await Self.exchange(["GET /number/1 HTTP/1.1\r\nHost: a\r\n\r\n"], limits: limits)
        #expect(Self.bodies(answer) == ["1"])
    }

    /// A client that takes nothing holds a connection, and no memory, for no longer than a silent one.
    @Test func whoDoesNotReadIsClosed() async throws {
        let written = Atomic(0)
        let isOver = Atomic(false)
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.get("/stream") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    defer { isOver.store(true, ordering: .relaxed) }
                    while true {
                        try await writer.write(ByteBuffer(repeating: 126, count: Self.chunk))
                        written.wrappingAdd(1, ordering: .relaxed)
                    }
                })
        }
        var limits = ConnectionLimits()
        limits.idle = .seconds(2)
        try await withListener(router, limits: limits) { address in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .connect(host: address.host, port: address.port).get()
            try await channel.writeAndFlush(ByteBuffer(string: "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"))
            try await poll { isOver.load(ordering: .relaxed) }
            try await channel.close()
        }
        #expect(written.load(ordering: .relaxed) < Self.chunkCount)
    }

    /// What is under way is answered, and told to be the last; who only waits is closed.
    @Test func aStopEndsConnectionsAfterTheirAnswers() async throws {
        let isAsked = Atomic(false)
        let mayAnswer = Atomic(false)
        let quickAsked = Atomic(0)
        let router = Self.router()
        router.get("/quick") { _, _ in
            quickAsked.add(1, ordering: .relaxed)
            return "at once"
        }
        router.get("/slow") { _, _ in
            isAsked.store(true, ordering: .relaxed)
            try await poll { mayAnswer.load(ordering: .relaxed) }
            return "done"
        }
        let (bound, continuation) = AsyncStream.makeStream(of: HTTPAddress.self)
        let listener = HTTPListener(
            name: "test.port", host: "127.0.0.1", port: 0, router: router, logger: .quiet
        ) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [listener], logger: .quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let address = try #require(await bound.first { _ in true })
            let ask: @Sendable (String) -> Task<String, any Error> = { path in
                Task { try await TestSupport.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n", with: address) }
            }
            // On every event loop: when all are closed, each loop knows of the stop.
            let silent = (0..<32).map { _ in ask("/quick") }
            let slow = ask("/slow")
            try await poll { isAsked.load(ordering: .relaxed) && quickAsked.load(ordering: .relaxed) == silent.count }
            await group.triggerGracefulShutdown()
            for answer in silent { #expect(Self.bodies(try await answer.value) == ["at once"]) }
            mayAnswer.store(true, ordering: .relaxed)
            let last = try HTTPAnswer(await slow.value)
            #expect(last.body == "done")
            #expect(last.headers["connection"] == "close")
            try await tasks.waitForAll()
        }
    }

    /// We speak no other protocol: the request is answered, and what follows it is not taken for one, nor kept.
    @Test func whoAsksForAnotherProtocolIsAnsweredInThisOne() async throws {
        let answer = try await Self.exchange([
            "GET /number/1 HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
            String(repeating: "x", count: 1 << 20),
        ])
        #expect(Self.bodies(answer) == ["1"])
        #expect(answer.lowercased().contains("connection: close"))
    }

    /// RFC 9112, section 9.3.
    @Test(arguments: [
        "GET /number/1 HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /number/1 HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n",
    ])
    func theConnectionEndsWithTheAnswerWhereTheClientSaysSo(text: String) async throws {
        let answer = try await withDeadline(.seconds(20)) { try await Self.exchange([text]) }
        #expect(Self.bodies(answer) == ["1"])
    }

    /// Half-closed, a client still waits for all of its answer.
    @Test(arguments: ["/number/1", "/stream"])
    func whoEndsItsSideGetsItsAnswer(path: String) async throws {
        let answer = try await withListener(Self.router()) { address in
            try await withDeadline(.seconds(30)) {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .channelOption(.allowRemoteHalfClosure, value: true)
                    .connect(host: address.host, port: address.port) { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                                wrappingChannelSynchronously: channel,
                                configuration: .init(isOutboundHalfClosureEnabled: true))
                        }
                    }
                return try await channel.executeThenClose { inbound, outbound in
                    try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n"))
                    outbound.finish()
                    var answer = ""
                    for try await part in inbound { answer += String(buffer: part) }
                    return answer
                }
            }
        }
        if path == "/stream" {
            #expect(answer.utf8.count(where: { $0 == 126 }) == Self.chunk * Self.chunkCount)
            #expect(answer.hasSuffix("0\r\n\r\n"))
        } else {
            #expect(Self.bodies(answer) == ["1"])
        }
    }
}

/// What an error of a request is to its client.
private struct StatusProbe: RouterMiddleware {
    typealias Context = ServerRequestContext

    let see: @Sendable (Int) -> Void

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            see(Problem(error, of: request).status.code)
            throw error
        }
    }
}
