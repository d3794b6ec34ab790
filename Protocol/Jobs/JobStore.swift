import Events
package import FoundationEssentials
package import JetStream
package import NIOCore
import ServiceRuntime

/// Records and results of jobs in their buckets. Everything may be done again.
///
/// While the broker is away calls wait and try again, for ``patience``; then they fail as the last attempt did.
package struct JobStore: Sendable {
    private static let backoff = (base: Duration.milliseconds(20), maximum: Duration.seconds(1))

    private let records: KeyValueBucket
    private let results: KeyValueBucket
    private let client: NATSClient
    private let patience: Duration

    package init(client: NATSClient, patience: Duration) throws {
        self.client = client
        self.patience = patience
        records = try KeyValueBucket(client: client, name: JobNames.records)
        results = try KeyValueBucket(client: client, name: JobNames.results)
    }

    package struct Stored: Sendable {
        package let record: JobRecord
        package let revision: UInt64
    }

    /// Nil where there is none, or none any more.
    package func job(_ id: UUID) async throws -> Stored? {
        guard let entry = try await retrying({ try await records.entry(id.wireText) }) else { return nil }
        return Stored(record: try Self.decode(entry.value), revision: entry.revision)
    }

    package func create(_ record: JobRecord) async throws {
        let value = try Self.encode(record)
        do {
            _ = try await retrying { try await records.create(record.id.wireText, value) }
        } catch let error as NATSError where error.isConflict {
            // An attempt before this one came through: nobody else makes this id.
        }
    }

    /// Changes the record as it is by then.
    /// - Parameter change: False to leave it as it is. May be called again.
    /// - Returns: The record afterwards; nil where there is none.
    @discardableResult
    package func update(_ id: UUID, _ change: (inout JobRecord) -> Bool) async throws -> JobRecord? {
        var backoff = Backoff(base: Self.backoff.base, maximum: Self.backoff.maximum)
        while true {
            guard let stored = try await job(id) else { return nil }
            var record = stored.record
            guard change(&record) else { return record }
            let value = try Self.encode(record)
            do {
                _ = try await retrying { try await records.update(id.wireText, value, revision: stored.revision) }
                return record
            } catch let error as NATSError where error.isConflict {
                try await Task.sleep(for: backoff.next())
            }
        }
    }

    package func putResult(_ key: String, _ value: ByteBuffer) async throws {
        _ = try await retrying { try await results.put(key, value) }
    }

    /// A result that is there; a replica that does not have it yet is asked again.
    package func result(_ key: String) async throws -> NATSMessage {
        let deadline = ContinuousClock.now + patience
        var backoff = Backoff(base: Self.backoff.base, maximum: Self.backoff.maximum)
        while true {
            if let message = try await retrying({ try await results.value(key) }) { return message }
            guard ContinuousClock.now < deadline else { throw MissingResult(key: key) }
            try await Task.sleep(for: backoff.next())
        }
    }

    /// Stores a message in the stream of jobs. It may come to be there twice.
    package func publish(_ subject: String, _ payload: ByteBuffer = ByteBuffer()) async throws {
        let message = NATSOutgoingMessage(subject: subject, payload: payload)
        _ = try await retrying { try await client.store(message) }
    }

    /// Again as long as what fails is that nobody answers.
    package func retrying<Value: Sendable>(_ call: () async throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + patience
        var backoff = Backoff(base: Self.backoff.base, maximum: Self.backoff.maximum)
        while true {
            do {
                return try await call()
            } catch let error as NATSError where error.isPassing && ContinuousClock.now < deadline {
                try await Task.sleep(for: backoff.next())
            }
        }
    }

    private static func encode(_ record: JobRecord) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder.wire().encode(record))
    }

    private static func decode(_ value: ByteBuffer) throws -> JobRecord {
        try JSONDecoder.wire().decode(JobRecord.self, from: Data(value.readableBytesView))
    }

    private struct MissingResult: Error, CustomStringConvertible {
        let key: String
        var description: String { "the result \(key) is not there" }
    }
}
