import Events
import Foundation
import HTTP
import Hummingbird
import JetStream
import JobProtocol
import NIOCore
import Suite
import TestSupport
import Testing

@testable import GatewayService

/// Jobs that nobody works on.
struct JobControllerTests {
    private struct API: Sendable {
        let address: HTTPAddress
        let client: NATSClient
        let jobs: JobStore

        func submit(_ body: String, key: String? = nil) async throws -> HTTPAnswer {
            let head = Self.head(key) + "Content-Length: \(body.utf8.count)\r\n\r\n"
            return try HTTPAnswer(await exchange(head + body, with: address))
        }

        /// Of values as an upload, without the end of the headers.
        static func head(_ key: String?) -> String {
            "POST /v1/jobs?kind=summarize HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: text/csv\r\n"
                + (key.map { "Idempotency-Key: \($0)\r\n" } ?? "")
        }

        func get(_ path: String) async throws -> HTTPAnswer {
            try HTTPAnswer(
                await exchange("GET \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n", with: address))
        }

        static func id(of answer: HTTPAnswer) throws -> UUID? {
            let job = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
            return (job?["id"] as? String).flatMap { UUID(uuidString: $0) }
        }
    }

    private func withAPI(
        storage: JobStorage = JobStorage(), _ body: @escaping @Sendable (API) async throws -> Void
    ) async throws {
        try await TestNATS.withSuite(provisions: Topology.streams(replicas: 1, jobs: storage)) { _, client in
            let router = Router.standard(publicURL: "https://bursar.example")
            try JobController(
                client: client, maximumUploadBytes: 1 << 20, retention: .seconds(3_600), logger: .quiet
            ).addRoutes(to: router.group("v1"))
            let jobs = try JobStore(client: client, patience: .seconds(5))
            try await withListener(router) { try await body(API(address: $0, client: client, jobs: jobs)) }
        }
    }

    private func record(id: UUID = .version7(), age: TimeInterval) -> JobRecord {
        let created = Date.now.addingTimeInterval(-age).roundedToMilliseconds
        return JobRecord(
            id: id, kind: .summarize, precision: 34, rounding: "half-even", quantiles: [], createdAt: created,
            expiresAt: created.addingTimeInterval(3_600))
    }

    @Test func aJobIsKnownFromItsAnswerToItsExpiry() async throws {
        try await withAPI { api in
            for (age, isCommitted, status) in [(60.0, true, 200), (60, false, 404), (3_601, true, 404)] {
                let record = self.record(age: age)
                try await api.jobs.create(record)
                if isCommitted { try await api.jobs.update(record.id) { $0.commit(parts: 1) } }
                for path in ["", "/events"] where status == 404 || path.isEmpty {
                    let answer = try await api.get("/v1/jobs/\(record.id.wireText)\(path)")
                    #expect(answer.status == status)
                }
            }
        }
    }

    @Test func theLaterOfTwoUploadsUnderOneKeyCounts() async throws {
        try await withAPI { api in
            let (parts, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
            async let first = exchange(parts, with: api.address)
            continuation.yield(ByteBuffer(string: API.head("key") + "Content-Length: 4\r\n\r\n1\n"))
            // The first has its record once it has the key.
            try await poll { try await api.client.messageCount(of: "KV_\(JobNames.records)") == 1 }
            let second = try await api.submit("1\n2\n", key: "key")
            #expect(second.status == 202, "\(second.body)")
            continuation.yield(ByteBuffer(string: "2\n"))
            continuation.finish()
            let answer = try await HTTPAnswer(first)
            #expect(answer.status == 409)
            #expect(answer.body.contains("/problems/idempotency-key-in-use"))
            let again = try await api.submit("1\n2\n", key: "key")
            #expect(try API.id(of: again) == API.id(of: second))
        }
    }

    /// A gateway that died after it wrote the key, and before it wrote that all parts are there.
    @Test func sendingAgainEndsWhatWasBegun() async throws {
        try await withAPI { api in
            let first = try await api.submit("1\n2\n", key: "key")
            let id = try #require(try API.id(of: first))
            let bucket = try KeyValueBucket(client: api.client, name: JobNames.records)
            let unfinished = try JSONEncoder.wire().encode(self.record(id: id, age: 1))
            try await bucket.put(id.wireText, ByteBuffer(bytes: unfinished))
            #expect(try await api.get("/v1/jobs/\(id.wireText)").status == 404)
            let again = try await api.submit("1\n2\n", key: "key")
            #expect(again.status == 202)
            #expect(try API.id(of: again) == id)
            #expect(try await api.get("/v1/jobs/\(id.wireText)").status == 200)
        }
    }

    @Test func whatThereIsNoRoomForIs503() async throws {
        var storage = JobStorage()
        storage.bytes = 20_000
        try await withAPI(storage: storage) { api in
            let body = String(repeating: "1234567\n", count: 1_000)
            #expect(try await api.submit(body).status == 202)
            let answer = try await api.submit(body)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "60")
            #expect(answer.body.contains("/problems/too-many-jobs"))
        }
    }
}
