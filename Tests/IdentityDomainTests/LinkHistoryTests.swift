import Foundation
import IdentityDomain
import Testing

struct LinkHistoryTests {
    static let now = Date(timeIntervalSince1970: 1_000_000)
    static let coolingOff = Duration.seconds(3_600)
    static let later = LinkHistory.Decision.wait(until: now.addingTimeInterval(3_600))

    static func link(_ key: UInt8?) -> LinkHistory.Link { LinkHistory.Link(id: UUID(), key: key.map { [$0] }) }

    static func decide(_ history: LinkHistory, _ key: UInt8, coSigned: Bool) -> Result<
        LinkHistory.Decision, LinkHistory.Refusal
    > {
        do throws(LinkHistory.Refusal) {
            return .success(
                try history.link(key: [key], isCoSigned: coSigned, at: now, coolingOff: coolingOff))
        } catch { return .failure(error) }
    }

    @Test func theFirstCountsAtOnce() {
        let none = LinkHistory(active: nil, pending: nil, last: nil)
        #expect(Self.decide(none, 1, coSigned: false) == .success(.activate))
    }

    @Test func anotherWaitsUnlessTheLastAgrees() {
        let first = Self.link(1)
        let history = LinkHistory(active: first, pending: nil, last: first)
        #expect(Self.decide(history, 2, coSigned: false) == .success(Self.later))
        #expect(Self.decide(history, 2, coSigned: true) == .success(.activate))
        #expect(Self.decide(history, 1, coSigned: false) == .failure(.alreadyLinked))
    }

    @Test func anUnlinkDoesNotMakeTheNextOneAFirst() {
        let history = LinkHistory(active: nil, pending: nil, last: Self.link(1))
        #expect(Self.decide(history, 2, coSigned: false) == .success(Self.later))
        #expect(Self.decide(history, 2, coSigned: true) == .success(.activate))
        #expect(Self.decide(history, 1, coSigned: false) == .success(.activate))
    }

    @Test func neitherDoesAnErasure() {
        let history = LinkHistory(active: nil, pending: nil, last: Self.link(nil))
        #expect(Self.decide(history, 1, coSigned: false) == .success(Self.later))
    }

    @Test func oneChangeAtATime() {
        let history = LinkHistory(active: nil, pending: Self.link(2), last: Self.link(1))
        for coSigned in [false, true] {
            #expect(Self.decide(history, 3, coSigned: coSigned) == .failure(.changePending))
        }
    }
}
