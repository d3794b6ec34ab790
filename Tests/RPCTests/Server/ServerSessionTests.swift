import Testing
import Wire

@testable import WireServer

@Suite struct ServerSessionTests {
    private var session = ServerSession(maximumLength: 8192, maximumCalls: 2)
    private let hello = Hello(maximumLength: 5000, maximumCalls: 0, idleTimeout: 0)

    @Test mutating func theHelloOpensIt() throws {
        #expect(session.acceptedLength == Hello.maximumLength)
        do {
            let result = try session.receive(FrameHeader(.hello))
            #expect(result == .greet)
        }
        let answer = try session.greet(hello, idleTimeout: 60_000)
        #expect(
            answer
                == Hello(
                    lowestVersion: 1, highestVersion: 1, maximumLength: 8192, maximumCalls: 2, idleTimeout: 60_000))
        #expect(session.phase == .open)
        #expect(session.acceptedLength == 8192)
        #expect(session.peerMaximumLength == 5000)
    }

    @Test mutating func nothingComesBeforeTheHello() {
        for kind in FrameKind.allCases where kind != .hello {
            #expect(throws: FrameViolation.notOurProtocol) { try session.receive(FrameHeader(kind, id: 1)) }
        }
    }

    @Test mutating func idsOfRequestsRise() throws {
        _ = try session.greet(hello, idleTimeout: 0)
        do {
            let result = try session.receive(FrameHeader(.request, id: 5))
            #expect(result == .call)
        }
        for id in [UInt64(5), 4, 1] {
            #expect(throws: FrameViolation.callID(id)) { try session.receive(FrameHeader(.request, id: id)) }
        }
        do {
            let result = try session.receive(FrameHeader(.request, id: .max))
            #expect(result == .call)
        }
        #expect(throws: FrameViolation.callID(.max)) { try session.receive(FrameHeader(.request, id: .max)) }
    }

    @Test mutating func aCancelNamesARequest() throws {
        _ = try session.greet(hello, idleTimeout: 0)
        _ = try session.receive(FrameHeader(.request, id: 5))
        do {
            let result = try session.receive(FrameHeader(.cancel, id: 3))
            #expect(result == .cancel)
        }
        #expect(throws: FrameViolation.callID(6)) { try session.receive(FrameHeader(.cancel, id: 6)) }
    }

    @Test mutating func whatOnlyAServerSendsIsAViolation() throws {
        _ = try session.greet(hello, idleTimeout: 0)
        for kind in [FrameKind.hello, .response, .error] {
            #expect(throws: FrameViolation.unexpected(kind)) { try session.receive(FrameHeader(kind, code: 1, id: 1)) }
        }
        do {
            let result = try session.receive(FrameHeader(.ping, id: 1))
            #expect(result == .pong)
        }
        do {
            let result = try session.receive(FrameHeader(.pong, id: 1))
            #expect(result == .ignore)
        }
        do {
            let result = try session.receive(FrameHeader(.goaway, id: 1))
            #expect(result == .ignore)
        }
    }

    @Test mutating func callsInFlightAreLimited() throws {
        _ = try session.greet(hello, idleTimeout: 0)
        let room = [session.begin(), session.begin(), session.begin()]
        #expect(room == [true, true, false])
        do {
            let result = session.end()
            #expect(!result)
        }
        do {
            let result = session.begin()
            #expect(result)
        }
    }

    @Test mutating func drainingAnswersWhatBeganAndIgnoresTheRest() throws {
        _ = try session.greet(hello, idleTimeout: 0)
        _ = try session.receive(FrameHeader(.request, id: 5))
        do {
            let result = session.begin()
            #expect(result)
        }
        do {
            let result = session.drain()?.lastID
            #expect(result == 5)
        }
        do {
            let result = session.drain()
            #expect(result == nil)
        }
        #expect(!session.isDone)
        do {
            let result = try session.receive(FrameHeader(.request, id: 6))
            #expect(result == .ignore)
        }
        do {
            let result = try session.receive(FrameHeader(.cancel, id: 6))
            #expect(result == .cancel)
        }
        do {
            let result = session.end()
            #expect(result)
        }
        #expect(session.isDone)
    }

    @Test mutating func afterTheReasonNothingCounts() throws {
        do {
            let result = session.close(.invalidArgument, "why")
            #expect(result == Goaway(lastID: 0, status: .invalidArgument, message: "why"))
        }
        do {
            let result = session.close(.invalidArgument, "again")
            #expect(result == nil)
        }
        do {
            let result = session.drain()
            #expect(result == nil)
        }
        for kind in FrameKind.allCases {
            let result = try session.receive(FrameHeader(kind))
            #expect(result == .ignore)
        }
    }
}
