import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import JobProtocol
import NIOCore
import ServiceLifecycle
import ServiceRuntime

/// Tells how a job goes on, as server-sent events, until it ends. <https://html.spec.whatwg.org/multipage/server-sent-events.html>
struct JobEvents: Sendable {
    /// Between two looks at the record: short at first, so that short jobs are told of at once.
    private static let pace = (first: Duration.milliseconds(100), last: Duration.seconds(1))
    /// Without an event for so long a comment is sent, for proxies and to notice a client that is gone.
    private static let heartbeat = Duration.seconds(15)
    /// Milliseconds after which a browser connects again.
    private static let retry = 2_000

    let jobs: JobStore
    let id: UUID

    func response(from first: JobStore.Stored, _ context: ServerRequestContext) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .constant("X-Accel-Buffering"): "no",
            ],
            body: .init { writer in
                try await writer.write(ByteBuffer(string: "retry: \(Self.retry)\n\n"))
                try await context.cancellingOnDisconnect { try await follow(first, &writer) }
                try await writer.finish(nil)
            })
    }

    private func follow(_ first: JobStore.Stored, _ writer: inout any ResponseBodyWriter) async throws {
        var current = first
        var pace = Self.pace.first
        try await writer.write(Self.event(current))
        var lastWrite = ContinuousClock.now
        while !current.record.state.isEnd, !Task.isShuttingDownGracefully {
            let delay = pace
            pace = min(pace * 2, Self.pace.last)
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
            try Task.checkCancellation()
            // Where the broker is away, heartbeats go on.
            if let next = try? await jobs.job(id), next.revision != current.revision {
                current = next
                pace = Self.pace.first
                try await writer.write(Self.event(next))
                lastWrite = .now
            } else if ContinuousClock.now - lastWrite > Self.heartbeat {
                try await writer.write(ByteBuffer(string: ": heartbeat\n\n"))
                lastWrite = .now
            }
        }
    }

    private static func event(_ stored: JobStore.Stored) throws -> ByteBuffer {
        let state = stored.record.state
        var event = ByteBuffer(
            string: "id: \(stored.revision)\nevent: \(state.isEnd ? state.rawValue : "progress")\ndata: ")
        event.writeImmutableBuffer(try JobDocument.encode(JobAnswer(stored.record)))
        event.writeString("\n\n")
        return event
    }
}
