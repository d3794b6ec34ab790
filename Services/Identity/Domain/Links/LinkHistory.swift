package import FoundationEssentials

/// What is known of the wallets of one account and family when another is to be linked.
package struct LinkHistory: Sendable, Equatable {
    package struct Link: Sendable, Equatable {
        package var id: UUID
        /// The wallet's ``Wallet/key``; nil where it was erased.
        package var key: [UInt8]?

        package init(id: UUID, key: [UInt8]?) {
            self.id = id
            self.key = key
        }
    }

    /// Payouts go to it.
    package var active: Link?
    /// Waits for its cooling-off period to end.
    package var pending: Link?
    /// The one that was active last, and perhaps still is; nil before the first.
    package var last: Link?

    package init(active: Link?, pending: Link?, last: Link?) {
        self.active = active
        self.pending = pending
        self.last = last
    }

    package enum Decision: Sendable, Equatable {
        /// In effect now, in place of the active one.
        case activate
        /// In effect after the cooling-off period, unless it is stopped.
        case wait(until: Date)
    }

    package enum Refusal: Error, Sendable, Equatable {
        case alreadyLinked
        /// One change at a time: the other has to be stopped first.
        case changePending
    }

    /// The first wallet of a family counts at once; any later one is a change, also after an unlink: it counts at once where
    /// the last wallet agrees, else after the cooling-off period. Linking the last wallet again is agreed by itself.
    /// - Parameter isCoSigned: The last wallet signed the same message.
    package func link(
        key: [UInt8], isCoSigned: Bool, at now: Date, coolingOff: Duration
    ) throws(Refusal) -> Decision {
        if let active, active.key == key { throw .alreadyLinked }
        if pending != nil { throw .changePending }
        guard let last else { return .activate }
        if isCoSigned || last.key == key { return .activate }
        return .wait(until: now.addingTimeInterval(Double(coolingOff.components.seconds)))
    }
}
