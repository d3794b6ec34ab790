import AsyncHTTPClient
import Crypto
import Events
import Foundation
import NIOCore
import NIOHTTP1

extension RunningSuite {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: String

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// A delivery as GitHub sends it, unless a test changes something.
    struct Delivery: Sendable {
        var event = "issue_comment"
        var id = UUID().uuidString.lowercased()
        var body: Data
        var contentType = "application/json"
        /// Nil signs with the secret of the suite.
        var signature: String?
        var withoutHeader: String?
    }

    func send(_ delivery: Delivery) async throws -> Answer {
        var request = HTTPClientRequest(url: bounty + "/webhooks/github")
        request.method = .POST
        request.headers = [
            "Content-Type": delivery.contentType, "X-GitHub-Event": delivery.event, "X-GitHub-Delivery": delivery.id,
            "X-Hub-Signature-256": delivery.signature ?? Self.signature(of: delivery.body, secret: webhookSecret),
        ]
        if let name = delivery.withoutHeader { request.headers.remove(name: name) }
        request.body = .bytes(ByteBuffer(bytes: delivery.body))
        return try await exchange(request)
    }

    static func signature(of body: Data, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
        return "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    }

    func get(_ url: String) async throws -> Answer { try await exchange(HTTPClientRequest(url: url)) }

    func post(_ path: String, _ body: String, contentType: String = "application/json") async throws -> Answer {
        var request = HTTPClientRequest(url: gateway + path)
        request.method = .POST
        request.headers = ["Content-Type": contentType]
        request.body = .bytes(ByteBuffer(string: body))
        return try await exchange(request)
    }

    private func exchange(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 64 * 1024 * 1024)
        return Answer(status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
    }

    private struct Page: Decodable {
        var bounties: [BountyRecord]
        var next_cursor: String?
    }

    /// All bounties that the gateway lists, page by page, the newest first.
    func bounties() async throws -> [BountyRecord] {
        var all: [BountyRecord] = []
        var cursor: String?
        repeat {
            let query = cursor.map { "&cursor=\($0)" } ?? ""
            let answer = try await get("\(gateway)/v1/bounties?limit=100\(query)")
            let page = try JSONDecoder.wire().decode(Page.self, from: Data(answer.body.utf8))
            all += page.bounties
            cursor = page.next_cursor
        } while cursor != nil
        return all
    }

    /// The sum of a counter over its labels, or those of them that contain the text.
    func counter(_ name: String, where labels: String? = nil) async throws -> Int {
        let lines = try await get(admin + "/metrics").body.split(separator: "\n")
        return lines.filter { line in line.hasPrefix(name) && labels.map { line.contains($0) } ?? true }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }
}
