import ServiceRuntime

/// What a stream is to be like. Only the fields here are compared and set; others keep what the stream has.
package struct StreamSpecification: Sendable, Equatable {
    package enum Retention: String, Sendable {
        /// Until a limit is reached.
        case limits
        /// Until acknowledged.
        case workQueue = "workqueue"
    }

    /// What a full stream does.
    package enum Discard: String, Sendable {
        /// Drops its oldest messages.
        case old
        /// Refuses new ones: ``NATSError/streamFull(stream:reason:)``.
        case new
    }

    package var name: String
    package var subjects: [String]
    package var retention: Retention = .limits
    package var discard: Discard = .old
    package var replicas = 1
    /// Nil for no limit, here and below.
    package var maximumAge: Duration?
    package var maximumBytes: Int64?
    package var maximumMessages: Int64?
    /// Of these the newest are kept, whatever the stream does when it is full.
    package var maximumMessagesPerSubject: Int64?
    /// Bytes of headers and payload.
    package var maximumMessageSize: Int32?
    /// How long a `Nats-Msg-Id` is remembered. At most ``maximumAge``.
    package var duplicateWindow: Duration = .seconds(120)
    /// Whether single messages may be read without a consumer.
    package var allowsDirect = true

    package init(name: String, subjects: [String]) {
        self.name = name
        self.subjects = subjects
    }

    /// In the API's terms. <https://docs.nats.io/nats-concepts/jetstream/streams>
    var fields: [String: JSONValue] {
        [
            "name": .string(name), "subjects": .array(subjects.map { .string($0) }), "storage": .string("file"),
            "retention": .string(retention.rawValue), "discard": .string(discard.rawValue),
            "num_replicas": .integer(Int64(replicas)), "max_age": .integer(maximumAge?.wholeNanoseconds ?? 0),
            "max_bytes": .integer(maximumBytes ?? -1), "max_msgs": .integer(maximumMessages ?? -1),
            "max_msgs_per_subject": .integer(maximumMessagesPerSubject ?? -1),
            "max_msg_size": .integer(Int64(maximumMessageSize ?? -1)),
            "duplicate_window": .integer(duplicateWindow.wholeNanoseconds), "allow_direct": .bool(allowsDirect),
            "deny_delete": .bool(false), "deny_purge": .bool(false),
        ]
    }

    /// Fields that the server does not change once the stream exists.
    static let fixedFields: Set<String> = ["storage", "retention", "deny_delete", "deny_purge"]
}

/// What a durable pull consumer is to be like.
package struct ConsumerSpecification: Sendable, Equatable {
    package enum AckPolicy: String, Sendable { case explicit, all, none }

    package var durable: String
    /// Empty for all of the stream. They must not overlap.
    package var filterSubjects: [String] = []
    package var ackPolicy: AckPolicy = .explicit
    /// After which a message that was not answered is delivered again.
    package var ackWait: Duration = .seconds(30)
    /// Nil for no end of redelivery: who gives up is the consumer's code, not the broker.
    package var maximumDeliveries: Int64?
    /// Messages that may be worked on at once by all who share the consumer.
    package var maximumAckPending: Int64 = 1_000
    /// Waits of successive redeliveries, in place of ``ackWait``; fewer than ``maximumDeliveries``.
    package var backoff: [Duration] = []
    /// After which the server removes a consumer that nobody asks; nil for never.
    package var inactiveThreshold: Duration?

    package init(durable: String) { self.durable = durable }

    var fields: [String: JSONValue] {
        [
            "name": .string(durable), "durable_name": .string(durable),
            "filter_subjects": .array(filterSubjects.map { .string($0) }), "ack_policy": .string(ackPolicy.rawValue),
            // The server takes the first wait of a backoff for the ack wait.
            "ack_wait": .integer(ackPolicy == .none ? 0 : (backoff.first ?? ackWait).wholeNanoseconds),
            "max_deliver": .integer(maximumDeliveries ?? -1),
            "max_ack_pending": .integer(ackPolicy == .none ? 0 : maximumAckPending),
            "backoff": .array(backoff.map { .integer($0.wholeNanoseconds) }),
            "inactive_threshold": .integer(inactiveThreshold?.wholeNanoseconds ?? 0),
            "deliver_policy": .string("all"),
        ]
    }

    static let fixedFields: Set<String> = ["ack_policy", "deliver_policy", "durable_name"]
}
