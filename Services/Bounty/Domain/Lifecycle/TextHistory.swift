package import FoundationEssentials

/// What is remembered of a text, to tell what is new from what is late or repeated.
package struct TextHistory: Sendable, Equatable {
    /// The update time of the newest revision seen. GitHub's clock, whole seconds.
    package var updatedAt: Date
    /// SHA-256 of that revision's body.
    package var bodyDigest: [UInt8]
    /// Deletion is final: no revision counts after it, whenever it arrives.
    package var isDeleted: Bool
    /// Its commands count once, as it was first written, whenever that arrives.
    package var isCreationSeen: Bool

    package init(updatedAt: Date, bodyDigest: [UInt8], isDeleted: Bool, isCreationSeen: Bool = false) {
        self.updatedAt = updatedAt
        self.bodyDigest = bodyDigest
        self.isDeleted = isDeleted
        self.isCreationSeen = isCreationSeen
    }

    /// Of a text that was never seen: older than anything.
    package static let unknown = TextHistory(
        updatedAt: Date(timeIntervalSince1970: 0), bodyDigest: [], isDeleted: false)

    package enum Arrival: String, Sendable, Equatable {
        case new
        /// Older than, or the same as, what is known.
        case stale
        case afterDeletion = "after_deletion"
    }

    /// Edits are ordered by the text's update time, not by arrival. Two of the same second are in order if the later one
    /// says that it changed the very body that is known.
    ///
    /// - Parameter previousDigest: SHA-256 of the body before the edit, where GitHub says it.
    package func arrival(updatedAt time: Date, bodyDigest digest: [UInt8], previousDigest: [UInt8]?) -> Arrival {
        if isDeleted { return .afterDeletion }
        if time != updatedAt { return time > updatedAt ? .new : .stale }
        return digest != bodyDigest && previousDigest == bodyDigest ? .new : .stale
    }
}
