package import FoundationEssentials

/// One event as it crosses the stream: CloudEvents 1.0 in binary content mode over NATS headers.
///
/// Sources: CloudEvents 1.0.2, its NATS protocol binding (headers `ce-<attribute>`, section 3.1) and its `sequence` and
/// distributed tracing extensions. The data is the NATS payload, always JSON.
package struct CloudEvent: Sendable, Equatable {
    /// UUIDv7. Also the `Nats-Msg-Id` of the message, so that the stream drops a publication that is repeated soon.
    package var id: UUID
    /// The service that made it: `/bursar/bounty`.
    package var source: String
    /// Versioned: `bursar.bounty.proposed.v1`.
    package var type: String
    /// The id of the aggregate that the event is about.
    package var subject: String
    /// The version that the aggregate has after this event, from 1 without gaps.
    package var sequence: Int
    package var time: Date
    package var traceparent: Traceparent?
    package var data: [UInt8]

    package init(
        id: UUID, source: String, type: String, subject: String, sequence: Int, time: Date,
        traceparent: Traceparent? = nil, data: [UInt8]
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.sequence = sequence
        self.time = time
        self.traceparent = traceparent
        self.data = data
    }
}

/// Why headers are not those of an event.
package struct CloudEventError: Error, Equatable, CustomStringConvertible {
    package let header: String
    package let expectation: String

    package var description: String { "header \(header) must be \(expectation)" }
}
