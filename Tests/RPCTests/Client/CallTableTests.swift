import NIOCore
import Testing

@testable import WireClient

@Suite struct CallTableTests {
    private var table = CallTable<Int>(capacity: 3)

    @Test mutating func anAnswerFindsItsCall() throws {
        let ticket = try open()
        _ = table.setWaiter(7, of: ticket)
        let id = table.send(ticket, to: 2)
        #expect(table.count == 1)
        let call = table.close(wireID: id, from: 2)
        #expect(call?.waiter == 7)
        #expect(table.count == 0)
        let again = table.close(wireID: id, from: 2)
        #expect(again == nil)
        #expect(table[ticket] == nil)
    }

    @Test mutating func anAnswerOfAnotherConnectionIsNone() throws {
        let ticket = try open()
        let id = table.send(ticket, to: 0)
        let (other, own) = (table.close(wireID: id, from: 1), table.close(wireID: id, from: 0))
        #expect(other == nil)
        #expect(own != nil)
    }

    @Test mutating func aSlotThatIsUsedAgainIsAnotherCall() throws {
        let first = try open()
        let firstID = table.send(first, to: 0)
        _ = table.close(first)
        let second = try open()
        _ = table.setWaiter(8, of: second)
        let secondID = table.send(second, to: 0)
        let late = (table.close(first), table.close(wireID: firstID, from: 0))
        #expect(late.0 == nil && late.1 == nil)
        let call = table.close(wireID: secondID, from: 0)
        #expect(call?.waiter == 8)
    }

    @Test mutating func idsRiseWithEverySend() throws {
        var last: UInt64 = 0
        let tickets = [try open(), try open(), try open()]
        for ticket in tickets.reversed() + tickets {
            let id = table.send(ticket, to: 0)
            #expect(id > last)
            #expect(table.wasUsed(id))
            #expect(!table.wasUsed(id + 1))
            last = id
        }
    }

    @Test mutating func aFullTableRefuses() throws {
        let tickets = [try open(), try open(), try open()]
        let refused = table.open(deadline: .uptimeNanoseconds(1))
        #expect(refused == nil)
        _ = table.close(tickets[1])
        _ = try open()
    }

    @Test mutating func aCallThatEndedHasNoWaiter() throws {
        let ended = try open()
        _ = table.close(ended)
        let late = table.setWaiter(7, of: ended)
        #expect(late == .ended)
        let next = try open()
        let again = table.setWaiter(8, of: ended)
        #expect(again == .ended)
        #expect(table[next]?.waiter == nil)
    }

    @Test mutating func waitersThatAreTakenCanWaitAgain() throws {
        let first = try open()
        let second = try open()
        _ = table.setWaiter(1, of: first)
        _ = table.setWaiter(2, of: second)
        let moment = table.moment
        let third = try open()
        _ = table.setWaiter(1, of: third)
        let taken = table.takeWaiters(openedUpTo: moment) { $0 == 1 }
        #expect(taken == [1])
        #expect(table[first]?.waiter == nil)
        #expect(table[second]?.waiter == 2)
        #expect(table[third]?.waiter == 1)
        let again = table.setWaiter(9, of: first)
        #expect(again == .waiting)
        #expect(table.close(first)?.waiter == 9)
    }

    @Test mutating func aCallThatIsCancelledWhileItDoesNotWaitIsWhenItWaits() throws {
        let ticket = try open()
        _ = table.setWaiter(1, of: ticket)
        _ = table.takeWaiters(openedUpTo: table.moment) { _ in true }
        let hasWaiter = table.cancel(ticket)
        #expect(!hasWaiter)
        let waiting = table.setWaiter(2, of: ticket)
        #expect(waiting == .cancelled)
    }

    @Test mutating func theEarliestDeadlineIsThatOfOpenCalls() throws {
        #expect(table.earliestDeadline == nil)
        let early = try open(5)
        _ = try open(9)
        #expect(table.earliestDeadline == .uptimeNanoseconds(5))
        _ = table.close(early)
        #expect(table.earliestDeadline == .uptimeNanoseconds(9))
        #expect(table.tickets { $0.deadline <= .uptimeNanoseconds(9) }.count == 1)
    }

    private mutating func open(_ deadline: UInt64 = 1000) throws -> CallTable<Int>.Ticket {
        let ticket = table.open(deadline: .uptimeNanoseconds(deadline))
        return try #require(ticket)
    }
}
