import NIOCore
import Testing
import Wire

@testable import WireClient

/// Calls by their waiters, which are numbers here.
@Suite struct ClientStateTests {
    private var state: ClientState<Int, String>
    private var now = NIODeadline.uptimeNanoseconds(1_000_000_000)

    init() {
        var configuration = RPCClientConfiguration()
        configuration.maximumCalls = 2
        configuration.circuitFailures = 2
        configuration.circuitBase = .seconds(1)
        state = ClientState(configuration, seed: 1)
    }

    @Test mutating func aCallGoesToAServerAndItsAnswerToItsWaiter() throws {
        connect()
        let (ticket, id) = try send(7)
        #expect(state.balancer.callsInFlight(0) == 1)
        let end = try answer(id)
        #expect(end?.waiter == 7)
        #expect(end?.ticket == ticket)
        #expect(state.balancer.callsInFlight(0) == 0)
        #expect(state.table.count == 0)
    }

    @Test mutating func aCallHasTheTimeThatIsLeftRoundedUp() throws {
        connect()
        let (ticket, deadline) = try open(after: .nanoseconds(1_500))
        guard case .send(_, _, let timeout) = state.begin(ticket, 1, deadline: deadline, now: now).step else {
            Issue.record("not sent")
            return
        }
        #expect(timeout == 2)
    }

    @Test mutating func withoutAServerACallWaits() throws {
        let (ticket, deadline) = try open()
        guard case .wait = state.begin(ticket, 1, deadline: deadline, now: now).step else {
            Issue.record("does not wait")
            return
        }
        connect()
        guard case .send(0, _, _) = state.send(ticket, deadline: deadline, now: now) else {
            Issue.record("not sent")
            return
        }
    }

    @Test mutating func aCallPastItsDeadlineIsNotSent() throws {
        connect()
        let (ticket, deadline) = try open()
        now = deadline
        guard case .fail(.timedOut) = state.begin(ticket, 1, deadline: deadline, now: now).step else {
            Issue.record("sent")
            return
        }
    }

    @Test mutating func aCallThatEndedBeforeItBeganIsNotSent() throws {
        connect()
        let (ticket, deadline) = try open()
        let end = state.fail(ticket, .stopping, now: now)
        #expect(end?.waiter == nil)
        guard case .ended = state.begin(ticket, 1, deadline: deadline, now: now).step else {
            Issue.record("sent")
            return
        }
    }

    @Test mutating func moreCallsThanAllowedAreRefused() throws {
        connect()
        _ = try send(1)
        _ = try send(2)
        let refused = outcomeOfOpening()
        #expect(refused == .tooManyCallsAtOnce)
    }

    @Test mutating func theCircuitOpensWhereNobodyAnswersInTime() throws {
        connect()
        for waiter in 0..<2 {
            let (ticket, _) = try send(waiter)
            let end = state.fail(ticket, .timedOut, now: now)
            #expect(end?.waiter == waiter)
        }
        let refused = outcomeOfOpening()
        #expect(refused == .circuitOpen)
        now = now + .seconds(2)
        let admitted = outcomeOfOpening()
        #expect(admitted == nil)
    }

    @Test mutating func whoStopsMakesNoCalls() {
        connect()
        state.stop()
        let refused = outcomeOfOpening()
        #expect(refused == .stopping)
    }

    @Test mutating func anAnswerThatComesLateIsDropped() throws {
        connect()
        let (ticket, id) = try send(1)
        _ = state.fail(ticket, .timedOut, now: now)
        let late = try answer(id)
        #expect(late == nil)
    }

    @Test mutating func anAnswerToNothingBreaksTheProtocol() {
        connect()
        var violation: FrameViolation?
        do throws(FrameViolation) { _ = try answer(99 << 16) } catch { violation = error }
        #expect(violation == .callID(99 << 16))
    }

    @Test mutating func callsOfALostConnectionEnd() throws {
        connect()
        let (_, first) = try send(1)
        _ = try send(2)
        let ends = state.failCalls(of: 0, from: first + 1, now: now)
        #expect(ends.map(\.waiter) == [2])
        #expect(state.table.count == 1)
    }

    /// Those that were there at the last look, once.
    @Test mutating func whoWaitsLongIsFound() throws {
        connect()
        let none = state.lookAround { _ in true }
        #expect(none == ([], false))
        let (ticket, _) = try send(1)
        let young = state.lookAround { _ in true }
        #expect(young == ([], true))
        let (_, second) = try send(2)
        let old = state.lookAround { $0 == 1 }
        #expect(old == ([1], true))
        let waiting = state.waitAgain(ticket, 3)
        #expect(waiting == .waiting)
        let both = state.lookAround { _ in true }
        #expect(both.waiters.sorted() == [2, 3])
        _ = try answer(second)
        _ = state.fail(ticket, .timedOut, now: now)
        let nobody = state.lookAround { _ in true }
        #expect(nobody == ([], false))
    }

    // MARK: -

    private mutating func connect() {
        _ = state.balancer.update(["a"])
        state.connected(0, now: now)
    }

    private mutating func open(
        after left: TimeAmount = .seconds(5)
    ) throws -> (CallTable<Int>.Ticket, NIODeadline) {
        let now = now
        return (try state.open(deadline: now + left, now: now), now + left)
    }

    /// - Returns: Why a call is refused.
    private mutating func outcomeOfOpening() -> RPCError? {
        do throws(RPCError) {
            let now = now
            _ = try state.open(deadline: now + .seconds(5), now: now)
            return nil
        } catch {
            return error
        }
    }

    private mutating func send(_ waiter: Int) throws -> (CallTable<Int>.Ticket, UInt64) {
        let (ticket, deadline) = try open()
        guard case .send(_, let id, _) = state.begin(ticket, waiter, deadline: deadline, now: now).step else {
            throw RPCError(.unknown, "not sent")
        }
        return (ticket, id)
    }

    private mutating func answer(_ id: UInt64) throws(FrameViolation) -> ClientState<Int, String>.End? {
        let now = now
        return try state.answered(id, by: 0, error: nil, now: now)
    }
}
