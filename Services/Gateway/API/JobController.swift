import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import JetStream
import JobProtocol
import Logging
import NIOCore

/// `/v1/jobs`: large batches and summaries in the background.
///
/// A job's id, of which 74 bits are random, is all that is needed to see, follow and cancel it: whoever makes a job decides
/// who learns of it.
struct JobController {
    /// Bytes of a JSON body: as of the calls themselves. More is for uploads.
    private static let maximumBodyBytes = CalculationController.maximumBodyBytes
    /// Seconds after which a client may try again.
    private static let retryAfter = 1

    let jobs: JobStore
    let submission: JobSubmission
    /// Bytes of an upload.
    let maximumUploadBytes: Int

    /// - Parameter retention: How long a job is kept.
    init(client: NATSClient, maximumUploadBytes: Int, retention: Duration, logger: Logger) throws {
        jobs = try JobStore(client: client, patience: Self.patience)
        submission = JobSubmission(
            jobs: jobs, keys: try IdempotencyKeys(client: client, jobs: jobs), retention: retention, logger: logger)
        self.maximumUploadBytes = maximumUploadBytes
    }

    /// How long a request waits for a broker that is away.
    private static let patience = Duration.seconds(5)

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        let group = group.group("jobs")
        group.post("", use: submit)
        group.get("{id}", use: show)
        group.delete("{id}", use: cancel)
        group.get("{id}/events", use: follow)
    }

    @Sendable func submit(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: JobDefinition.parameters)
        let key = try IdempotencyKeys.key(of: request)
        let record: JobRecord
        if let definition = try JobDefinition(request, query), let format = definition.format {
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumUploadBytes {
                throw Problem.contentTooLarge(limit: maximumUploadBytes)
            }
            let fingerprint = Fingerprint(definition)
            var texts = UploadedTexts(
                request.body.makeAsyncIterator(), format, definition.limits, maximum: maximumUploadBytes
            ) { fingerprint.add($0) }
            record = try await submission.submit(definition, &texts, key: key, fingerprint: fingerprint)
        } else {
            guard request.mediaType == "application/json" else {
                throw Problem.unsupportedMediaType(
                    expected: (["application/json"] + UploadFormat.mediaTypes).joined(separator: ", "))
            }
            _ = try Query(request, allowing: [])
            let body = try await request.json(JobBody.self, upTo: Self.maximumBodyBytes)
            let definition = try JobDefinition(body)
            let texts = try body.texts()
            let fingerprint = Fingerprint(definition)
            for text in texts { fingerprint.add(text) }
            var parts = SlicedTexts(texts, definition.limits)
            record = try await submission.submit(definition, &parts, key: key, fingerprint: fingerprint)
        }
        var response = try await JobDocument(record: record, jobs: jobs, hasResult: false).response(.accepted)
        response.headers[.location] = "/v1/jobs/\(record.id.wireText)"
        return response
    }

    @Sendable func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        enum Wanted: String, CaseIterable { case `true`, `false` }
        let wanted = try Query(request, allowing: ["result"]).choice("result", of: Wanted.self)
        let stored = try await job(context)
        return try await translating {
            try await JobDocument(record: stored.record, jobs: jobs, hasResult: wanted != .false).response()
        }
    }

    @Sendable func cancel(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let stored = try await job(context)
        let record = try await translating { try await jobs.update(stored.record.id) { $0.cancel() } }
        guard let record else { throw Self.unknown }
        guard record.state == .cancelled else {
            throw Problem(
                .conflict, "job-ended", title: "Job ended", detail: "the job is \(record.state.rawValue) already")
        }
        return try await JobDocument(record: record, jobs: jobs, hasResult: false).response()
    }

    @Sendable func follow(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let stored = try await job(context)
        return JobEvents(jobs: jobs, id: stored.record.id).response(from: stored, context)
    }

    /// The job of the path, if its maker was told of it and it is still kept.
    private func job(_ context: ServerRequestContext) async throws -> JobStore.Stored {
        guard let id = context.parameters.get("id").flatMap({ UUID(wireText: $0) }) else { throw Self.unknown }
        let stored = try await translating { try await jobs.job(id) }
        guard let stored, stored.record.parts != nil, stored.record.expiresAt > .now else { throw Self.unknown }
        return stored
    }

    private static let unknown = Problem.notFound("there is no job with this id, or it is not kept any more")

    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as NATSError where error.isPassing {
            throw Problem.unavailable("jobs cannot be asked for now", retryAfter: Self.retryAfter)
        }
    }
}
