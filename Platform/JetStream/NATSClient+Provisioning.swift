import Logging
import ServiceRuntime

/// A stream and its consumers.
package struct StreamProvision: Sendable, Equatable {
    package var stream: StreamSpecification
    package var consumers: [ConsumerSpecification]

    package init(_ stream: StreamSpecification, consumers: [ConsumerSpecification] = []) {
        self.stream = stream
        self.consumers = consumers
    }
}

/// What provisioning did to one stream or consumer.
package struct ProvisioningStep: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case created
        /// With the names of the fields that differed, in the API's terms.
        case updated(fields: [String])
        case unchanged
    }

    package let stream: String
    /// Nil for the stream itself.
    package let consumer: String?
    package let action: Action
}

extension NATSClient {
    private static let retryBase: Duration = .milliseconds(100)
    private static let maximumRetryDelay: Duration = .seconds(1)

    /// Makes what is missing and changes what differs. Never removes anything. Doing it again changes nothing.
    /// - Parameter timeout: For all of it. Within it, a server or a JetStream that is not up yet is waited for.
    /// - Throws: ``NATSError/cannotChange(stream:consumer:field:reason:)``, also when the server refuses an update; what
    ///   comes before it in the list is done.
    @discardableResult
    package func provision(
        _ provisions: [StreamProvision], timeout: Duration = .seconds(30)
    ) async throws(NATSError) -> [ProvisioningStep] {
        let deadline = ContinuousClock.now + timeout
        var steps: [ProvisioningStep] = []
        for provision in provisions {
            for name in [provision.stream.name] + provision.consumers.map(\.durable) where !NATSSubject.isName(name) {
                throw .invalidSubject(name)
            }
            steps.append(try await provision.stream.provision(with: self, deadline))
            for consumer in provision.consumers {
                steps.append(try await consumer.provision(with: self, stream: provision.stream.name, deadline))
            }
        }
        return steps
    }

    /// A call that is made again until the deadline, as long as what fails is that nobody is there to answer.
    fileprivate func retrying<Answer: Decodable>(
        _ subject: String, _ body: [String: JSONValue]? = nil, until deadline: ContinuousClock.Instant
    ) async throws(NATSError) -> Answer {
        var backoff = Backoff(base: Self.retryBase, maximum: Self.maximumRetryDelay)
        while true {
            do throws(NATSError) {
                return try await call(subject, body)
            } catch {
                guard error.isPassing, ContinuousClock.now < deadline, !Task.isCancelled else { throw error }
                logger.debug("jetstream does not answer yet", metadata: ["call": "\(subject)", "error": "\(error)"])
            }
            try? await Task.sleep(for: backoff.next())
        }
    }
}

extension StreamSpecification {
    fileprivate func provision(
        with client: NATSClient, _ deadline: ContinuousClock.Instant
    ) async throws(NATSError) -> ProvisioningStep {
        let found: Description?
        do throws(NATSError) {
            found = try await client.retrying(NATSAPI.streamInfo(name), until: deadline)
        } catch .jetStream(_, NATSError.Code.streamNotFound, _) {
            found = nil
        }
        guard let found else {
            // Somebody who makes the same at the same time is no conflict: the server answers as to the first.
            let _: Description = try await client.retrying(NATSAPI.createStream(name), fields, until: deadline)
            return ProvisioningStep(stream: name, consumer: nil, action: .created)
        }
        let change = Change(from: found.config, to: fields)
        if change.fields.isEmpty { return ProvisioningStep(stream: name, consumer: nil, action: .unchanged) }
        if let field = change.fields.first(where: Self.fixedFields.contains) {
            throw .cannotChange(stream: name, consumer: nil, field: field, reason: change.describe(field))
        }
        do throws(NATSError) {
            let _: Description = try await client.retrying(
                NATSAPI.updateStream(name), change.result, until: deadline)
        } catch .jetStream(_, _, let reason) {
            throw .cannotChange(
                stream: name, consumer: nil, field: change.fields.joined(separator: ", "), reason: reason)
        }
        return ProvisioningStep(stream: name, consumer: nil, action: .updated(fields: change.fields))
    }
}

extension ConsumerSpecification {
    fileprivate func provision(
        with client: NATSClient, stream: String, _ deadline: ContinuousClock.Instant
    ) async throws(NATSError) -> ProvisioningStep {
        let found: Description?
        do throws(NATSError) {
            found = try await client.retrying(NATSAPI.consumerInfo(stream, durable), until: deadline)
        } catch .jetStream(_, NATSError.Code.consumerNotFound, _) {
            found = nil
        }
        func body(_ configuration: [String: JSONValue]) -> [String: JSONValue] {
            ["stream_name": .string(stream), "config": .object(configuration)]
        }
        let subject = NATSAPI.createConsumer(stream, durable)
        guard let found else {
            let _: Description = try await client.retrying(subject, body(fields), until: deadline)
            return ProvisioningStep(stream: stream, consumer: durable, action: .created)
        }
        // The server shows one filter in a field of its own, if it was set there.
        var current = found.config
        if let filter = current.removeValue(forKey: "filter_subject"), !filter.isZero {
            current["filter_subjects"] = .array([filter])
        }
        let change = Change(from: current, to: fields)
        if change.fields.isEmpty { return ProvisioningStep(stream: stream, consumer: durable, action: .unchanged) }
        if let field = change.fields.first(where: Self.fixedFields.contains) {
            throw .cannotChange(stream: stream, consumer: durable, field: field, reason: change.describe(field))
        }
        do throws(NATSError) {
            let _: Description = try await client.retrying(subject, body(change.result), until: deadline)
        } catch .jetStream(_, _, let reason) {
            throw .cannotChange(
                stream: stream, consumer: durable, field: change.fields.joined(separator: ", "), reason: reason)
        }
        return ProvisioningStep(stream: stream, consumer: durable, action: .updated(fields: change.fields))
    }
}

/// Of an answer about a stream or a consumer, what provisioning needs.
private struct Description: Decodable { let config: [String: JSONValue] }

private struct Change {
    /// Names of those that differ, sorted.
    let fields: [String]
    /// What there is, with what it should be on top.
    let result: [String: JSONValue]
    private let current: [String: JSONValue]
    private let wanted: [String: JSONValue]

    init(from current: [String: JSONValue], to wanted: [String: JSONValue]) {
        self.current = current
        self.wanted = wanted
        fields = wanted.filter { name, value in
            let existing = current[name] ?? .null
            return existing != value && !(existing.isZero && value.isZero)
        }.keys.sorted()
        result = current.merging(wanted) { $1 }
    }

    func describe(_ field: String) -> String {
        "is \(current[field] ?? .null), should be \(wanted[field] ?? .null), and is fixed when it is made"
    }
}
