import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import JetStream
import NIOCore
import ServiceRuntime

/// `GET /v1/events`: what happens, as it happens, as server-sent events. `Last-Event-ID` goes on where a client was.
struct EventController {
    /// How long a client that was told more by another replica waits for this one.
    private static let patience = Duration.seconds(5)

    let hub: EventHub
    let history: EventHistory

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.get("events", use: events)
    }

    @Sendable func events(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: EventFilter.parameters.union(["last_event_id"]))
        let filter = try EventFilter(query)
        let last = try Self.lastEventID(request, query)
        guard let seat = hub.seat() else {
            throw Problem.unavailable(
                "as many clients listen as there may be, or the service is starting", retryAfter: 5)
        }
        let channel = context.channel
        let headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
            .constant("X-Accel-Buffering"): "no",
        ]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                defer { withExtendedLifetime(seat) {} }
                var (position, epoch) = try await begin(after: last, &writer)
                try await history.catchUp(&position, epoch: &epoch, filter, hub, channel, &writer)
                await hub.serve(channel, filter, after: position, epoch: epoch)
                try await writer.finish(nil)
            })
    }

    /// The header is what browsers send when they come back, so it is newer than what was in the address.
    private static func lastEventID(_ request: Request, _ query: Query) throws(Problem) -> UInt64? {
        let header = request.headers[.constant("Last-Event-ID")]
        guard let text = header.flatMap({ $0.isEmpty ? nil : $0 }) ?? query.text("last_event_id") else { return nil }
        guard let id = Int(digits: text) else {
            throw .invalidParameter("last_event_id", expectation: "the id of an event, or 0 for everything")
        }
        return UInt64(id)
    }

    /// Says where the client is: where it asked to be, or, where that cannot be, at the end.
    private func begin(
        after last: UInt64?, _ writer: inout any ResponseBodyWriter
    ) async throws -> (position: UInt64, epoch: UInt64) {
        if let last {
            let deadline = ContinuousClock.now + Self.patience
            while hub.extent.end < last, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        let extent = hub.extent
        let position = last ?? extent.end
        guard position <= extent.end else {
            try await writer.write(EventText.greeting(extent.end))
            try await writer.write(EventText.reset("the id is not one of this stream", extent.end))
            return (extent.end, extent.epoch)
        }
        try await writer.write(EventText.greeting(position))
        return (position, extent.epoch)
    }
}
