import NIOCore
import Testing

@testable import HTTP

struct RequestPacingTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private static func pacing() -> RequestPacing {
        var limits = ConnectionLimits()
        limits.bodyGrace = .seconds(20)
        limits.bodyRate = 1_000
        return RequestPacing(limits)
    }

    private static func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test func whoSendsNothingIsTooSlowAfterTheGrace() {
        var pacing = Self.pacing()
        #expect(!pacing.isTooSlow(now: Self.at(1_000)))
        pacing.headersRead()
        pacing.asked(now: Self.at(0))
        #expect(!pacing.isTooSlow(now: Self.at(20)))
        #expect(pacing.isTooSlow(now: Self.at(21)))
        pacing.endRead()
        #expect(!pacing.isTooSlow(now: Self.at(1_000)))
    }

    @Test func bytesBuyTime() {
        var pacing = Self.pacing()
        pacing.headersRead()
        pacing.asked(now: Self.at(0))
        pacing.bytesRead(5_000, now: Self.at(19))
        pacing.asked(now: Self.at(19))
        #expect(!pacing.isTooSlow(now: Self.at(25)))
        #expect(pacing.isTooSlow(now: Self.at(26)))
    }

    @Test func timeInWhichNobodyAsksIsNotTheClients() {
        var pacing = Self.pacing()
        pacing.headersRead()
        pacing.asked(now: Self.at(0))
        pacing.bytesRead(1, now: Self.at(10))
        #expect(!pacing.isTooSlow(now: Self.at(500)))
        pacing.asked(now: Self.at(500))
        #expect(!pacing.isTooSlow(now: Self.at(510)))
        #expect(pacing.isTooSlow(now: Self.at(511)))
    }

    @Test func anAnswerBeforeTheEndOfItsRequestIsTheLast() {
        var pacing = Self.pacing()
        pacing.headersRead()
        pacing.endRead()
        var isLast = [pacing.answerBegins(), pacing.answerEnded()]
        #expect(isLast == [false, false])
        pacing.headersRead()
        isLast = [pacing.answerBegins()]
        // The rest may still come: what was said stays said.
        pacing.endRead()
        isLast.append(pacing.answerEnded())
        #expect(isLast == [true, true])
    }
}
