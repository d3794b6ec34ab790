import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// Makes and follows jobs as a program would.
struct JobClient: Sendable {
    let gateway: String

    func send(
        _ method: HTTPMethod, _ path: String, _ body: String = "", contentType: String = "application/json",
        key: String? = nil
    ) async throws -> RunningSuite.Answer {
        var request = HTTPClientRequest(url: gateway + path)
        request.method = method
        if method == .POST {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(string: body))
        }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
        return RunningSuite.Answer(
            status: Int(response.status.code), headers: response.headers, body: String(buffer: bytes))
    }

    func submit(
        _ body: String, query: String = "", contentType: String = "application/json", key: String? = nil
    ) async throws -> RunningSuite.Answer {
        try await send(.POST, "/v1/jobs\(query)", body, contentType: contentType, key: key)
    }

    static func id(of answer: RunningSuite.Answer) throws -> String? { try answer.json()["id"] as? String }

    /// The job, once it has ended: its events end with it. What fails on the way is asked for again.
    func end(of id: String, within limit: Duration = .seconds(240)) async throws -> [String: Any] {
        var job: [String: Any] = [:]
        var last = "no answer"
        do {
            try await poll(within: limit) {
                // They end with the job, or with the time of the request.
                let events = try? await send(.GET, "/v1/jobs/\(id)/events")
                guard let answer = try? await send(.GET, "/v1/jobs/\(id)") else { return false }
                last = "\(answer.status) \(answer.body.prefix(500)), events \(events?.status ?? 0)"
                guard answer.status == 200 else { return false }
                job = try answer.json()
                return ["done", "failed", "cancelled"].contains(job["state"] as? String)
            }
        } catch {
            Issue.record("the job does not end: \(last)")
            throw error
        }
        return job
    }
}
