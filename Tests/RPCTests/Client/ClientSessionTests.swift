import Testing
import Wire

@testable import WireClient

@Suite struct ClientSessionTests {
    private var session = ClientSession(maximumLength: 8192)
    private let hello = Hello(lowestVersion: 1, highestVersion: 1, maximumLength: 5000, maximumCalls: 9, idleTimeout: 7)

    @Test mutating func theHelloOpensIt() throws {
        #expect(session.acceptedLength == Hello.leastMaximumLength)
        do {
            let result = try session.receive(FrameHeader(.hello))
            #expect(result == .greeted)
        }
        try session.greeted(hello)
        #expect(session.phase == .open)
        #expect(session.acceptedLength == 8192)
        #expect(session.peerMaximumLength == 5000)
        #expect(session.peerIdleTimeout == 7)
    }

    @Test mutating func aServerMustGreetFirst() {
        for kind in FrameKind.allCases where kind != .hello && kind != .goaway {
            #expect(throws: FrameViolation.notOurProtocol) { try session.receive(FrameHeader(kind, id: 1)) }
        }
        #expect(throws: FrameViolation.unsupportedVersion(lowest: 2, highest: 2)) {
            try session.greeted(
                Hello(lowestVersion: 2, highestVersion: 2, maximumLength: 5000, maximumCalls: 0, idleTimeout: 0))
        }
    }

    @Test mutating func whatOnlyAClientSendsIsAViolation() throws {
        try session.greeted(hello)
        for kind in [FrameKind.hello, .request, .cancel] {
            #expect(throws: FrameViolation.unexpected(kind)) { try session.receive(FrameHeader(kind, id: 1)) }
        }
        do {
            let result = try session.receive(FrameHeader(.response, id: 1))
            #expect(result == .answer)
        }
        do {
            let result = try session.receive(FrameHeader(.error, code: 2, id: 1))
            #expect(result == .failure)
        }
        do {
            let result = try session.receive(FrameHeader(.ping, id: 1))
            #expect(result == .pong)
        }
        do {
            let result = try session.receive(FrameHeader(.pong, id: 1))
            #expect(result == .ignore)
        }
    }

    @Test mutating func aGoawayLeavesTheCallsUpToItsID() throws {
        try session.greeted(hello)
        do {
            let result = try session.receive(FrameHeader(.goaway, id: 5))
            #expect(result == .leave)
        }
        session.leave(Goaway(lastID: 5, status: .ok, message: ""))
        #expect(session.phase == .leaving(lastID: 5))
        session.leave(Goaway(lastID: 3, status: .ok, message: ""))
        #expect(session.phase == .leaving(lastID: 3))
        do {
            let result = try session.receive(FrameHeader(.response, id: 2))
            #expect(result == .answer)
        }
        do {
            let result = session.close()
            #expect(result)
        }
        do {
            let result = session.close()
            #expect(!result)
        }
        do {
            let result = try session.receive(FrameHeader(.response, id: 2))
            #expect(result == .ignore)
        }
    }

    @Test mutating func aServerMayRefuseBeforeItGreets() throws {
        do {
            let result = try session.receive(FrameHeader(.goaway, code: 8))
            #expect(result == .leave)
        }
        session.leave(Goaway(lastID: 0, status: .resourceExhausted, message: ""))
        #expect(session.phase == .closed)
    }
}
