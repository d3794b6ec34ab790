package import Events

/// What an event tells of a bounty, as the projection takes it.
package struct BountyTelling: Sendable {
    package let entry: BountyEntry
    /// The order that the event is about, where it is about one.
    package let payout: PayoutRecord?

    /// Nil for what JSON cannot say, such as a time without end.
    package init?(_ event: BountyEvent) {
        guard let entry = BountyEntry(event.bounty, json: nil, isRedacted: false) else { return nil }
        self.entry = entry
        payout = event.payout
    }

    /// Nil for a type that this version of the program does not know.
    /// - Parameter data: Of the event. The bounty's JSON is taken from it as it is.
    /// - Throws: `DecodingError` for data that is not what the type says.
    package init?(type: String, data: [UInt8]) throws {
        if BountyEvent.tellsBountyAlone(type), let entry = BountyEntry(toldBy: data) {
            self.entry = entry
            payout = nil
            return
        }
        guard let event = try BountyEvent(type: type, data: data),
            let entry = BountyEntry(event.bounty, json: BountyEntry.text(in: data), isRedacted: false)
        else { return nil }
        self.entry = entry
        payout = event.payout
    }
}
