import FoundationEssentials
import NIOCore
import ServiceLifecycle
import ServiceRuntime

/// Answers `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS` for one running instance of a service, as `nats service` asks them:
/// of all, of those with its name, and of it alone.
/// <https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md>
package final class NATSServiceDiscovery: Service {
    static let verbs = ["PING", "INFO", "STATS"]

    private let client: NATSClient
    private let name: String
    private let description: String
    private let responders: [NATSResponder]
    private let id = String.random(length: 22)
    private let started = Date.now

    /// - Parameter responders: What it serves.
    package init(client: NATSClient, name: String, description: String, responders: [NATSResponder] = []) {
        self.client = client
        self.name = name
        self.description = description
        self.responders = responders
    }

    /// Until shutdown.
    package func run() async throws {
        let events = NATSLink.SubscriptionEvents(received: { self.answer($0) }, completed: {})
        let ids = Self.verbs.flatMap { verb in
            ["$SRV.\(verb)", "$SRV.\(verb).\(name)", "$SRV.\(verb).\(name).\(id)"].map {
                client.subscribe(to: $0, queue: nil, events: events)
            }
        }
        try? await gracefulShutdown()
        ids.forEach { client.unsubscribe($0) }
    }

    /// On a thread of libnats.
    private func answer(_ request: NATSMessage) {
        guard let reply = request.replySubject, let verb = request.subject.split(separator: ".").dropFirst().first
        else { return }
        var answer = Answer(
            type: "io.nats.micro.v1.\(verb.lowercased())_response", name: name, id: id,
            version: BuildInformation.version)
        switch verb {
        case "INFO":
            answer.description = description
            answer.endpoints = responders.map { Endpoint($0) }
        case "STATS":
            answer.started = started.formatted(.iso8601)
            answer.endpoints = responders.map { Endpoint($0, $0.statistics) }
        default: break
        }
        guard let body = try? JSONEncoder().encode(answer) else { return }
        // Who asked and hears nothing asks again.
        try? client.publish(NATSOutgoingMessage(subject: reply, payload: ByteBuffer(bytes: body)))
    }

    private struct Answer: Encodable {
        let type: String
        let name: String
        let id: String
        let version: String
        var metadata: [String: String] = [:]
        var description: String?
        var started: String?
        var endpoints: [Endpoint]?
    }

    private struct Endpoint: Encodable {
        enum CodingKeys: String, CodingKey {
            case name, subject, metadata
            case queueGroup = "queue_group"
            case requests = "num_requests"
            case errors = "num_errors"
            case lastError = "last_error"
            case processing = "processing_time"
            case averageProcessing = "average_processing_time"
        }

        let name: String
        let subject: String
        let queueGroup: String
        var metadata: [String: String] = [:]
        var requests: Int?
        var errors: Int?
        var lastError: String?
        /// Nanoseconds, as its average.
        var processing: Int64?
        var averageProcessing: Int64?

        init(_ responder: NATSResponder) {
            // The last part of `rpc.<service>.v1.<method>`.
            name = responder.subject.split(separator: ".").last.map(String.init) ?? responder.subject
            subject = responder.subject
            queueGroup = responder.queueGroup
        }

        init(_ responder: NATSResponder, _ statistics: NATSResponder.Statistics) {
            self.init(responder)
            let nanoseconds = Int64(statistics.processing / .nanoseconds(1))
            requests = statistics.requests
            errors = statistics.errors
            lastError = statistics.lastError
            processing = nanoseconds
            averageProcessing = statistics.requests > 0 ? nanoseconds / Int64(statistics.requests) : 0
        }
    }
}
