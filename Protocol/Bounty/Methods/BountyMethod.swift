import Events
package import FoundationEssentials
package import IdentityProtocol

/// A method of the bounty service: `rpc.bounty.v1.<name>`, JSON both ways.
package protocol BountyMethod: ServiceMethod {}

extension BountyMethod {
    package static var service: String { ServiceName.bounty }
}

/// Reads the history of a bounty: every event of it, the oldest first.
package enum BountyHistory: BountyMethod {
    package static let name = "history"

    package struct Request: Codable, Sendable {
        /// A UUID.
        package var bounty: String
        package init(bounty: String) { self.bounty = bounty }
    }

    package struct Response: Codable, Sendable {
        package var events: [Entry]
        package init(events: [Entry]) { self.events = events }
    }

    package struct Entry: Codable, Sendable {
        package var version: Int
        package var type: String
        package var time: Date
        /// JSON of the event.
        package var data: String

        package init(version: Int, type: String, time: Date, data: String) {
            self.version = version
            self.type = type
            self.time = time
            self.data = data
        }
    }
}

/// The status comment of a bounty's issue: as it is on GitHub, or as it would be, where no app is configured.
package enum PreviewComment: BountyMethod {
    package static let name = "comment"
    package typealias Request = BountyHistory.Request

    package struct Response: Codable, Sendable {
        /// Nil while nothing was rendered yet.
        package var markdown: String?
        package init(markdown: String?) { self.markdown = markdown }
    }
}
