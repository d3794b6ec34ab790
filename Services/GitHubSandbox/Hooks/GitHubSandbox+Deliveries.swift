package import FoundationEssentials
import HTTP
import HTTPTypes
import Synchronization

/// A webhook as it is to be sent.
package struct SandboxDelivery: Sendable {
    package var guid: String
    package var event: String
    package var body: Data
}

/// What was delivered, and asking for it once more.
extension GitHubSandbox {
    private struct Delivery: Encodable {
        var id: Int64
        var guid: String
        var delivered_at: Date
        var redelivery: Bool
        var duration: Double
        var status: String
        var status_code: Int
        var event: String
        var action: String?
        var installation_id: Int64?
    }

    @Sendable static func listDeliveries(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let size = min(max(call.query["per_page"].flatMap { Int($0) } ?? state.api.settings.pageSize, 1), 100)
        let newest = state.hooks.sent.reversed()
        let cursor = call.query["cursor"].flatMap { Int64($0) } ?? .max
        let page = newest.filter { $0.id < cursor }.prefix(size)
        var answer = try APIAnswer(
            .ok,
            page.map { attempt in
                Delivery(
                    id: attempt.id, guid: attempt.guid, delivered_at: attempt.deliveredAt,
                    redelivery: attempt.isRedelivery, duration: attempt.duration,
                    status: (200..<300).contains(attempt.statusCode) ? "OK" : "failed",
                    status_code: attempt.statusCode, event: attempt.event, action: attempt.action,
                    installation_id: call.app.installation)
            })
        if let last = page.last, newest.contains(where: { $0.id < last.id }) {
            answer.headers[.constant("Link")] =
                "<\(call.base)/app/hook/deliveries?per_page=\(size)&cursor=\(last.id)>; rel=\"next\""
        }
        return answer
    }

    @Sendable static func redeliver(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let id = try call.number("delivery")
        guard let attempt = state.hooks.sent.first(where: { $0.id == id }) else { throw .notFound }
        state.hooks.repeated(attempt, at: call.now)
        return APIAnswer(status: .accepted, body: "{}")
    }

    /// Of the attempts so far: event, status, whether asked for again; for tests.
    package var deliveries: [(guid: String, event: String, status: Int, isRedelivery: Bool)] {
        state.withLock { $0.hooks.sent.map { ($0.guid, $0.event, $0.statusCode, $0.isRedelivery) } }
    }

    /// Webhooks that are not sent yet; for tests.
    package var waitingDeliveries: Int { state.withLock { $0.hooks.queue.count } }

    /// Takes the webhooks that wait, for tests that send them in their own way.
    package func takeDeliveries() -> [SandboxDelivery] {
        state.withLock { state in
            defer { state.hooks.queue = [] }
            return state.hooks.queue.map { SandboxDelivery(guid: $0.guid, event: $0.event, body: $0.body) }
        }
    }
}
