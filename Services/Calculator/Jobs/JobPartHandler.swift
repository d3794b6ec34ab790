import CalculatorDomain
import FoundationEssentials
import JetStream
import JobProtocol
import Logging
import NIOCore
import ServiceRuntime
import Wire
import WireTransport

/// What becomes of one message of the stream of jobs. Every step may be repeated: a process that ends between any two
/// leaves the message unanswered, and whoever gets it next does what is missing.
struct JobPartHandler: Sendable {
    enum Outcome { case handled, givenUp }

    let jobs: JobStore
    let calls: CalculatorCalls
    let pool: WorkerPool
    let logger: Logger

    func handle(_ message: JetStreamMessage, _ interest: Interest) async throws -> Outcome {
        guard let subject = JobNames.Message(subject: message.subject) else {
            logger.error("no part of a job", metadata: ["subject": "\(message.subject)"])
            return .handled
        }
        return try await keeping(message, subject.job, interest) {
            switch subject {
            case .part(let job, let number): try await compute(number, of: job, message, interest)
            case .finish(let job): try await finish(job, interest)
            }
        }
    }

    /// Says to the broker that the message is worked on, and looks whether the job still is.
    private func keeping(
        _ message: JetStreamMessage, _ job: UUID, _ interest: Interest, _ body: () async throws -> Outcome
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await Task.sleep(for: JobLimits.heartbeat)
                    try? message.inProgress()
                    if let stored = try? await jobs.job(job), stored.record.state.isEnd { interest.lose(.ended) }
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func compute(
        _ number: Int, of job: UUID, _ message: JetStreamMessage, _ interest: Interest
    ) async throws -> Outcome {
        guard var record = try await jobs.job(job)?.record, !record.state.isEnd else { return .handled }
        if message.position.deliveries > JobLimits.deliveries {
            let detail = "part \(number + 1) ended whoever worked on it, \(JobLimits.deliveries) times"
            return try await fail(job, .init(code: "part-failed", detail: detail))
        }
        if !record.done.contains(number) {
            try await jobs.update(job) { $0.begin(at: .now) }
            let part: JobPart
            do throws(PayloadError) {
                part = try message.message.withPayload { bytes throws(PayloadError) in
                    try JobPart(payload: bytes.bytes)
                }
            } catch {
                return try await fail(job, .init(code: "part-failed", detail: "part \(number + 1): \(error)"))
            }
            let result: ByteBuffer
            do throws(CalculationError) {
                result = try await onWorker { () throws(CalculationError) in try answer(part.call, interest) }
            } catch {
                if error.kind == .cancelled { return interest.loss == .stopping ? .givenUp : .handled }
                return try await fail(job, Self.failure(part.place.applied(to: error.rpcError)))
            }
            do {
                try await jobs.putResult(JobNames.result(number, of: job), result)
            } catch NATSError.streamFull {
                let detail = "there is no room for the results of more jobs now"
                return try await fail(job, .init(code: "no-room", detail: detail))
            }
            let bytes = result.readableBytes
            guard let changed = try await jobs.update(job, { $0.finish(part: number, bytes: bytes) }) else {
                return .handled
            }
            record = changed
        }
        return try await complete(record, interest)
    }

    private func finish(_ job: UUID, _ interest: Interest) async throws -> Outcome {
        guard let record = try await jobs.job(job)?.record else { return .handled }
        return try await complete(record, interest)
    }

    /// Ends the job where all its parts are done. Whoever comes here last does it, and doing it again changes nothing.
    private func complete(_ record: JobRecord, _ interest: Interest) async throws -> Outcome {
        guard !record.state.isEnd, record.isComplete else { return .handled }
        if record.kind == .summarize {
            do {
                let whole = try await merge(record, interest)
                try await jobs.putResult(JobNames.result(of: record.id), whole)
            } catch let error as CalculationError {
                if error.kind == .cancelled { return interest.loss == .stopping ? .givenUp : .handled }
                return try await fail(record.id, Self.failure(error.rpcError))
            } catch NATSError.streamFull {
                let detail = "there is no room for the results of more jobs now"
                return try await fail(record.id, .init(code: "no-room", detail: detail))
            }
        }
        try await jobs.update(record.id) { $0.complete() }
        return .handled
    }

    private func fail(_ job: UUID, _ failure: JobRecord.Failure) async throws -> Outcome {
        try await jobs.update(job) { $0.fail(failure) }
        return .handled
    }

    private static func failure(_ error: RPCError) -> JobRecord.Failure {
        let detail = error.position.map { "\(error.message) at position \($0)" } ?? error.message
        let place = error.pointer.isEmpty ? "" : " (\(error.pointer))"
        return .init(code: error.reason.isEmpty ? "failed" : error.reason, detail: detail + place)
    }

    // MARK: Computing

    /// On a thread for what takes long.
    private func onWorker<Value: Sendable>(
        _ work: @escaping @Sendable () throws(CalculationError) -> Value
    ) async throws(CalculationError) -> Value {
        let result = await withTaskExecutorPreference(pool) { Result { () throws(CalculationError) in try work() } }
        return try result.get()
    }

    private func budget(_ interest: Interest) -> Budget {
        Budget(deadline: .now + JobLimits.partTime, isCancelled: { interest.loss != nil })
    }

    private func answer(_ call: JobPart.Call, _ interest: Interest) throws(CalculationError) -> ByteBuffer {
        switch call {
        case .batch(let request): ByteBuffer(bytes: try calls.batch(request, budget(interest)).encoded)
        case .summarize(let request): ByteBuffer(bytes: try calls.summarize(request, budget(interest)).encoded)
        }
    }

    /// Summaries of parts that are merged at a time, where they do not have their values: not all of them are in memory.
    private static let mergedAtOnce = 64

    private func merge(_ record: JobRecord, _ interest: Interest) async throws -> ByteBuffer {
        let rounding = try Rounding(
            precision: UInt16(clamping: record.precision),
            rule: RoundingRule.allCases.first { $0.name == record.rounding } ?? .halfEven)
        var parts: [PartialSummary] = []
        for number in 0..<(record.parts ?? 0) {
            let message = try await jobs.result(JobNames.result(number, of: record.id))
            let response = try message.withPayload { bytes throws(PayloadError) in
                try Summarize.Response(payload: bytes.bytes)
            }
            guard case .part(let part) = response else { throw PayloadError.invalid("kind of summary") }
            parts.append(part)
            guard record.quantiles.isEmpty, parts.count == Self.mergedAtOnce else { continue }
            let request = try Summarize.Request(form: .part, rounding: rounding, values: [], parts: parts)
            let merged = try await onWorker { () throws(CalculationError) in
                try calls.summarize(request, budget(interest))
            }
            guard case .part(let part) = merged else { throw PayloadError.invalid("kind of summary") }
            parts = [part]
        }
        let request = try Summarize.Request(
            form: .whole, rounding: rounding, quantiles: record.quantiles, values: [], parts: parts)
        return try await onWorker { () throws(CalculationError) in
            ByteBuffer(bytes: try calls.summarize(request, budget(interest)).encoded)
        }
    }
}

extension JobNames.Message {
    fileprivate var job: UUID {
        switch self {
        case .part(let job, _), .finish(let job): job
        }
    }
}
