import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import JetStream
import JobProtocol
import Logging
import NIOCore
import Wire

/// Makes jobs: stores their parts while they come, and then, in one step, the fact that they are all there.
struct JobSubmission: Sendable {
    /// Parts that are being stored at a time.
    private static let concurrency = 4
    /// Seconds after which a client may try again: where the broker is away, and where there is no room.
    private static let retryAfter = (away: 1, full: 60)

    let jobs: JobStore
    let keys: IdempotencyKeys
    let retention: Duration
    let logger: Logger

    /// - Parameters:
    ///   - key: As ``IdempotencyKeys/key(of:)`` has it.
    ///   - fingerprint: Has seen everything once the input is at its end.
    func submit(
        _ definition: JobDefinition, _ input: inout some TextParts, key: String?, fingerprint: Fingerprint
    ) async throws -> JobRecord {
        do {
            return try await make(definition, &input, key: key, fingerprint)
        } catch NATSError.streamFull {
            throw Problem(
                .serviceUnavailable, "too-many-jobs", title: "Too many jobs",
                detail: "as many jobs wait, or are kept, as there is room for",
                headers: [.retryAfter: String(Self.retryAfter.full)])
        } catch let error as NATSError {
            logger.error("a job could not be stored", metadata: ["error": "\(error)"])
            throw Problem.unavailable("jobs cannot be stored now", retryAfter: Self.retryAfter.away)
        }
    }

    private func make(
        _ definition: JobDefinition, _ input: inout some TextParts, key: String?, _ fingerprint: Fingerprint
    ) async throws -> JobRecord {
        let id = UUID.version7()
        var claim: IdempotencyKeys.Claim?
        if let key {
            switch try await keys.claim(key, for: id) {
            case .claimed(let new): claim = new
            case .taken(let job, let known, let parts):
                while try await input.next() != nil {}
                return try await again(job, known, parts, fingerprint)
            }
        }
        let now = Date.now.roundedToMilliseconds
        try await jobs.create(
            JobRecord(
                id: id, kind: definition.kind, precision: Int(definition.rounding.precision),
                rounding: definition.rounding.rule.name, quantiles: definition.quantiles, createdAt: now,
                expiresAt: now.addingTimeInterval(Double(retention.components.seconds))))
        do {
            let parts = try await store(definition, &input, of: id)
            if let claim {
                let entry = IdempotencyKeys.Entry(job: id, fingerprint: fingerprint.text, parts: parts)
                guard try await keys.commit(claim, entry) else { throw Self.overtaken }
            }
            return try await commit(id, parts: parts)
        } catch {
            // Its parts are dropped as they come up. Where that fails too, they are computed for nobody.
            _ = try? await Task { try await jobs.update(id) { $0.cancel() } }.value
            throw error
        }
    }

    private func commit(_ id: UUID, parts: Int) async throws -> JobRecord {
        let record = try await jobs.update(id) { $0.commit(parts: parts) }
        // Whoever did the last part may have done it before the number of parts was known.
        try await jobs.publish(JobNames.finish(id))
        guard let record else { throw Problem.internalError }
        return record
    }

    /// The key stands for a job: this one, if the input is the same.
    private func again(
        _ id: UUID, _ known: String, _ parts: Int, _ fingerprint: Fingerprint
    ) async throws -> JobRecord {
        guard fingerprint.text == known else {
            throw Problem(
                .unprocessableContent, "idempotency-key-reused", title: "Idempotency key reused",
                detail: "this Idempotency-Key was used for another job")
        }
        guard let stored = try await jobs.job(id) else {
            throw Problem(
                .conflict, "idempotency-key-expired", title: "Idempotency key expired",
                detail: "the job of this Idempotency-Key is not kept any more: use another key")
        }
        // Whoever stored it may have died before this last step.
        return stored.record.state == .uploading ? try await commit(id, parts: parts) : stored.record
    }

    private static let overtaken = Problem(
        .conflict, "idempotency-key-in-use", title: "Idempotency key in use",
        detail: "the same Idempotency-Key came again while this input was read: that request counts")

    /// - Returns: The number of parts.
    private func store(_ definition: JobDefinition, _ input: inout some TextParts, of id: UUID) async throws -> Int {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var count = 0
            var values = 0
            var bytes = 0
            while let part = try await input.next() {
                guard count < JobLimits.parts else { throw Self.tooManyParts }
                values += part.texts.count
                bytes += part.bytes
                if !definition.quantiles.isEmpty, !DividedSummary.fitsQuantiles(values: values, bytes: bytes) {
                    throw DividedSummary.tooManyForQuantiles
                }
                let message = try Self.message(definition, part, number: count)
                let subject = JobNames.part(count, of: id)
                if count >= Self.concurrency { try await group.next() }
                group.addTask { try await jobs.publish(subject, message) }
                count += 1
            }
            try await group.waitForAll()
            guard count > 0 else { throw Self.empty(definition) }
            return count
        }
    }

    private static func message(
        _ definition: JobDefinition, _ part: TextPart, number: Int
    ) throws -> ByteBuffer {
        do throws(PayloadError) {
            let place = ValuePlace(after: part.first, isUpload: definition.format != nil)
            return ByteBuffer(
                bytes: JobPart(number: number, place: place, call: try definition.call(part.texts)).encoded)
        } catch {
            throw Calculations.problem(error.rpcError)
        }
    }

    private static let tooManyParts = Problem(
        .unprocessableContent, "too-many", title: "Too many", detail: "the input is too long for one job: divide it")

    private static func empty(_ definition: JobDefinition) -> Problem {
        let list = definition.kind == .batch ? "expressions" : "values"
        let detail = "there are no \(list)"
        return Problem(
            .unprocessableContent, "empty", title: "Empty", detail: detail,
            errors: definition.format == nil ? [.init(pointer: "/\(list)", detail: detail)] : [])
    }
}
