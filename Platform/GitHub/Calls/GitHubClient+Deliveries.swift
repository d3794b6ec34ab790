package import FoundationEssentials

extension GitHubClient {
    /// Attempts of GitHub's at delivering to the app's webhook, the newest first, back to the time, of at most
    /// ``GitHubLimits/maximumPages`` pages.
    package func deliveries(since: Date) async throws -> [GitHubDelivery] {
        struct Answer: Decodable {
            var id: Int64
            var guid: String
            var delivered_at: Date
            var redelivery: Bool
            var status_code: Int
            var event: String
        }
        var deliveries: [GitHubDelivery] = []
        var next: GitHubRequest? = .get("app/hook/deliveries?per_page=100", as: .app, name: "list_deliveries")
        var pages = 0
        while let request = next, pages < transport.limits.maximumPages {
            let answer = try await transport.send(request)
            let page = try answer.json([Answer].self).map {
                GitHubDelivery(
                    id: $0.id, guid: $0.guid, deliveredAt: $0.delivered_at, isRedelivery: $0.redelivery,
                    statusCode: $0.status_code, event: $0.event)
            }
            deliveries += page.filter { $0.deliveredAt >= since }
            guard page.allSatisfy({ $0.deliveredAt >= since }) else { break }
            next = answer.nextPage.map { request.following($0) }
            pages += 1
        }
        return deliveries
    }

    /// Asks GitHub to deliver once more what an attempt was about.
    package func redeliver(_ attempt: Int64) async throws {
        var request = GitHubRequest.post(
            "app/hook/deliveries/\(attempt)/attempts", body: Data(), as: .app, name: "redeliver")
        request.isRepeatable = false
        _ = try await transport.send(request)
    }
}
