import NIOCore

/// The calls of a client that are not answered yet: a slab, so that a call costs no allocation and an answer finds its
/// call by index.
///
/// The id of a call is a number that rises with every one, and in its lowest 16 bits the index of the slot.
struct CallTable<Waiter> {
    /// A slot, as long as it is that of this call.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    /// Between two openings of calls.
    struct Moment {
        fileprivate let number: UInt64
    }

    struct Call {
        let ticket: Ticket
        let deadline: NIODeadline
        /// Nil while its task does not wait: before it begins to, and while it changes how.
        fileprivate(set) var waiter: Waiter?
        /// What it is called on the connection; 0 while it is not sent.
        fileprivate(set) var wireID: UInt64 = 0
        /// Where it was sent; -1 while it is not.
        fileprivate(set) var endpoint = -1
        /// It was cancelled before its task waited.
        fileprivate(set) var isCancelled = false
    }

    enum Waiting {
        case waiting
        /// It was cancelled before.
        case cancelled
        /// It ended before.
        case ended
    }

    static var maximumCapacity: Int { 1 << 16 }
    private static var indexMask: UInt64 { UInt64(maximumCapacity - 1) }

    private var slots: [Call?] = []
    private var free: [UInt16] = []
    private var lastNumber: UInt64 = 0
    private let capacity: Int

    init(capacity: Int) {
        precondition((1...Self.maximumCapacity).contains(capacity), "a table has room for 1 to 65,536 calls")
        self.capacity = capacity
    }

    var count: Int { slots.count - free.count }

    /// - Returns: Nil where the table is full.
    mutating func open(deadline: NIODeadline) -> Ticket? {
        let index: Int
        if let last = free.popLast() {
            index = Int(last)
        } else {
            guard slots.count < capacity else { return nil }
            index = slots.count
            slots.append(nil)
        }
        let ticket = Ticket(number: nextNumber(index))
        slots[index] = Call(ticket: ticket, deadline: deadline)
        return ticket
    }

    subscript(ticket: Ticket) -> Call? { call(at: ticket.number, where: { $0.ticket == ticket }) }

    /// The call's task waits.
    @inline(__always)
    mutating func setWaiter(_ waiter: Waiter, of ticket: Ticket) -> Waiting {
        let index = index(ticket.number)
        guard slots[index]?.ticket == ticket else { return .ended }
        slots[index]?.waiter = waiter
        return slots[index]?.isCancelled == true ? .cancelled : .waiting
    }

    /// Takes the waiters that the condition holds for, of calls that were opened up to a moment.
    mutating func takeWaiters(openedUpTo moment: Moment, where matches: (Waiter) -> Bool) -> [Waiter] {
        slots.indices.compactMap { index in
            guard let call = slots[index], call.ticket.number <= moment.number, let waiter = call.waiter,
                matches(waiter)
            else { return nil }
            slots[index]?.waiter = nil
            return waiter
        }
    }

    /// Now, in terms of the calls opened.
    var moment: Moment { Moment(number: lastNumber) }

    /// - Returns: Whether there is a task that waits.
    mutating func cancel(_ ticket: Ticket) -> Bool {
        guard let call = self[ticket] else { return false }
        if call.waiter != nil { return true }
        slots[index(ticket.number)]?.isCancelled = true
        return false
    }

    /// The call is sent.
    /// - Returns: Its id on the connection, above all before.
    mutating func send(_ ticket: Ticket, to endpoint: Int) -> UInt64 {
        let index = index(ticket.number)
        let id = nextNumber(index)
        slots[index]?.wireID = id
        slots[index]?.endpoint = endpoint
        return id
    }

    /// Takes the call out.
    mutating func close(_ ticket: Ticket) -> Call? {
        guard let call = self[ticket] else { return nil }
        return release(index(ticket.number), call)
    }

    /// Takes out the call that was sent by this id to this endpoint. Nil if it ended before: answers may come late.
    mutating func close(wireID: UInt64, from endpoint: Int) -> Call? {
        guard let call = call(at: wireID, where: { $0.wireID == wireID && $0.endpoint == endpoint }) else { return nil }
        return release(index(wireID), call)
    }

    /// Whether the id was ever given out.
    func wasUsed(_ id: UInt64) -> Bool { id <= lastNumber }

    /// Those that the condition holds for, in no order.
    func tickets(where matches: (Call) -> Bool) -> [Ticket] {
        slots.compactMap { call in call.flatMap { matches($0) ? $0.ticket : nil } }
    }

    var earliestDeadline: NIODeadline? { slots.lazy.compactMap { $0?.deadline }.min() }

    private mutating func release(_ index: Int, _ call: Call) -> Call {
        slots[index] = nil
        free.append(UInt16(index))
        return call
    }

    private func call(at number: UInt64, where matches: (Call) -> Bool) -> Call? {
        let index = index(number)
        guard index < slots.count, let call = slots[index], matches(call) else { return nil }
        return call
    }

    private func index(_ number: UInt64) -> Int { Int(number & Self.indexMask) }

    private mutating func nextNumber(_ index: Int) -> UInt64 {
        lastNumber = (lastNumber & ~Self.indexMask) + UInt64(Self.maximumCapacity) | UInt64(index)
        return lastNumber
    }
}
