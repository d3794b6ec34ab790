import Events
import Foundation
import GatewayDomain
import NIOCore
import Testing

@testable import GatewayService

struct EventLogTests {
    private static func log(_ sequences: [UInt64], capacity: Int = 8) -> EventLog {
        var log = EventLog(after: 10, capacity: capacity)
        for sequence in sequences { log.append([event(sequence)], through: sequence) }
        return log
    }

    private static func event(_ sequence: UInt64) -> LiveEvent {
        LiveEvent(sequence: sequence, type: "t", bounty: nil, frame: ByteBuffer(string: "x"))
    }

    @Test(
        arguments: [
            (9, nil), (10, [12, 13, 20]), (11, [12, 13, 20]), (12, [13, 20]), (13, [20]), (19, [20]), (20, []),
            (25, []),
        ] as [(UInt64, [UInt64]?)])
    func whatFollowsAPositionIsThere(position: UInt64, sequences: [UInt64]?) {
        #expect(Self.log([12, 13, 20]).events(after: position)?.map(\.sequence) == sequences)
    }

    @Test func theOldestAreLetGoOf() {
        let log = Self.log(Array(11...40))
        #expect(log.start >= 32 && log.start < 40)
        #expect(log.events(after: log.start)?.map(\.sequence) == Array(log.start + 1...40))
        #expect(log.events(after: log.start - 1) == nil)
    }

    @Test func eventsThatNobodyIsToldMoveTheEnd() {
        var log = Self.log([12])
        log.append([], through: 30)
        #expect(log.end == 30)
        #expect(log.events(after: 12)?.isEmpty == true)
    }

    @Test func whatIsForgottenIsStillThereForThoseWhoFollow() {
        var log = Self.log([12, 13])
        log.forget()
        #expect(log.start == 13)
        #expect(log.events(after: 12)?.map(\.sequence) == [13])
    }
}
