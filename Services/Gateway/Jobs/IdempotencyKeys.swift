import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import JetStream
import JobProtocol
import NIOCore

/// Which job each `Idempotency-Key` stands for. <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>
///
/// Of several uploads under one key the one that began last counts: a client that sends again has given up the one before,
/// and so has a process that died. Only one of them is ever committed.
struct IdempotencyKeys: Sendable {
    private static let maximumLength = 255

    /// What is kept under a key.
    struct Entry: Codable, Sendable {
        var job: UUID
        /// Both are nil until the whole input is there.
        var fingerprint: String?
        var parts: Int?
    }

    /// A key that stands for this job, unless somebody takes it over.
    struct Claim: Sendable {
        let key: String
        let revision: UInt64
    }

    enum Outcome: Sendable {
        case claimed(Claim)
        /// It stands for a job already: its id, the fingerprint and the number of parts.
        case taken(UUID, fingerprint: String, parts: Int)
    }

    private let bucket: KeyValueBucket
    private let jobs: JobStore

    init(client: NATSClient, jobs: JobStore) throws(NATSError) {
        bucket = try KeyValueBucket(client: client, name: JobNames.keys)
        self.jobs = jobs
    }

    /// The key of a request, as it is kept; nil where it has none.
    /// - Throws: 400 for a malformed one.
    static func key(of request: Request) throws(Problem) -> String? {
        guard let text = request.headers[.idempotencyKey] else { return nil }
        guard 1...maximumLength ~= text.utf8.count, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw Problem(
                .badRequest, "invalid-header", title: "Invalid header",
                detail: "the header Idempotency-Key must be 1 to \(maximumLength) visible ASCII characters")
        }
        return Fingerprint.key(text, authorization: request.headers[.authorization])
    }

    func claim(_ key: String, for job: UUID) async throws -> Outcome {
        let value = ByteBuffer(bytes: try JSONEncoder.wire().encode(Entry(job: job)))
        while true {
            do {
                let found = try await jobs.retrying { try await bucket.entry(key) }
                if let found {
                    let entry = try JSONDecoder.wire().decode(Entry.self, from: Data(found.value.readableBytesView))
                    if let fingerprint = entry.fingerprint, let parts = entry.parts {
                        return .taken(entry.job, fingerprint: fingerprint, parts: parts)
                    }
                }
                let revision = try await jobs.retrying {
                    try await bucket.update(key, value, revision: found?.revision ?? 0)
                }
                return .claimed(Claim(key: key, revision: revision))
            } catch let error as NATSError where error.isConflict {
                continue
            }
        }
    }

    /// - Returns: Whether the claim still held.
    func commit(_ claim: Claim, _ entry: Entry) async throws -> Bool {
        let value = ByteBuffer(bytes: try JSONEncoder.wire().encode(entry))
        do {
            _ = try await jobs.retrying { try await bucket.update(claim.key, value, revision: claim.revision) }
            return true
        } catch let error as NATSError where error.isConflict {
            // Perhaps by an attempt of ours whose answer was lost.
            let found = try await jobs.retrying { try await bucket.entry(claim.key) }
            let current = try found.map {
                try JSONDecoder.wire().decode(Entry.self, from: Data($0.value.readableBytesView))
            }
            return current?.job == entry.job && current?.fingerprint != nil
        }
    }
}

extension HTTPField.Name {
    static let idempotencyKey = constant("Idempotency-Key")
}
