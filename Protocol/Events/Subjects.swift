package import FoundationEssentials

/// The subjects and streams that the services agree on.
package enum Subjects {
    /// Deliveries of GitHub, raw: `webhooks.github.<event>`.
    package static let webhooks = "webhooks.github"
    package static func webhook(event: String) -> String { "\(webhooks).\(event)" }

    /// Events of bounties: `events.bounty.<sponsor id>.<bounty id>`, so that one account's can be erased by subject.
    package static func bountyEvent(sponsor: Int64, bounty: UUID) -> String {
        "events.bounty.\(sponsor).\(bounty.wireText)"
    }

    /// Events of accounts: `events.identity.<github id>`, so that one account's can be erased by subject.
    package static func identityEvent(account: Int64) -> String { "\(identity).\(account)" }
    package static let identity = "events.identity"

    /// Requests to a service: `rpc.<service>.v1.<method>`.
    package static func request(service: String, method: String) -> String { "rpc.\(service).v1.\(method)" }

    /// What could not be handled: `dead.<service>.<consumer>`.
    package static func deadLetter(service: String, consumer: String) -> String { "dead.\(service).\(consumer)" }
}

package enum StreamName {
    package static let webhooks = "WEBHOOKS"
    package static let events = "EVENTS"
    package static let dead = "DEAD"
}

package enum ConsumerName {
    /// The bounty service's worker on ``StreamName/webhooks``.
    package static let bountyWebhooks = "bounty"
    /// The bounty service's follower of accounts on ``StreamName/events``.
    package static let bountyAccounts = "bounty-accounts"
}

/// Message headers of our own.
package enum HeaderName {
    package static let messageID = "Nats-Msg-Id"
    package static let githubEvent = "X-GitHub-Event"
    package static let githubDelivery = "X-GitHub-Delivery"
    package static let receivedAt = "Bursar-Received-At"
    package static let traceparent = "traceparent"
    /// Of a request: the time that is left for it, in milliseconds.
    package static let timeout = "Bursar-Timeout"
    /// Of a request that a user or a program makes: the session token.
    package static let session = "Bursar-Session"

    // Of a dead letter, beside the headers of the original.
    package static let deadReason = "Bursar-Dead-Reason"
    package static let deadAttempts = "Bursar-Dead-Attempts"
    package static let deadAt = "Bursar-Dead-At"
    package static let originalSubject = "Bursar-Original-Subject"
    package static let originalStream = "Bursar-Original-Stream"
    package static let originalSequence = "Bursar-Original-Sequence"
    /// Of work that failed: what it was, and what about.
    package static let workKind = "Bursar-Work-Kind"
    package static let workKey = "Bursar-Work-Key"
}

/// What the services are called, wherever a name of theirs is needed: users, databases, keys, logs.
package enum ServiceName {
    package static let bounty = "bounty"
    package static let calculator = "calculator"
    package static let gateway = "gateway"
    package static let identity = "identity"
    /// Not a service: the user and the step that make the streams.
    package static let provision = "provision"
}
