import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// Jobs through the public API of the running suite.
struct JobTests {
    /// A minute of work and more.
    private static let heavy =
        #"{"kind": "batch", "precision": 10000, "expressions": ["#
        + Array(repeating: #""exp(ln(2) * ln(3)) + sqrt(exp(7))""#, count: 4_000).joined(separator: ",") + "]}"

    @Test(.timeLimit(.minutes(10))) func jobsAreMadeFollowedAndCancelled() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let client = JobClient(gateway: suite.gateway)
                try await aBatch(client)
                try await summaries(client)
                try await refusals(client)
                try await idempotency(client)
                try await events(client)
                try await cancelling(client)
            }
        }
    }

    private func aBatch(_ client: JobClient) async throws {
        let expressions = (0..<350).map { $0 == 17 ? "\"1/0\"" : "\"\($0) + 0.5\"" }.joined(separator: ",")
        let answer = try await client.submit(#"{"kind": "batch", "expressions": [\#(expressions)]}"#)
        #expect(answer.status == 202, "\(answer.body)")
        let id = try #require(try JobClient.id(of: answer))
        #expect(answer.headers.first(name: "location") == "/v1/jobs/\(id)")
        let job = try await client.end(of: id)
        #expect(job["state"] as? String == "done")
        #expect(job["kind"] as? String == "batch")
        let progress = try #require(job["progress"] as? [String: Any])
        #expect(progress["done"] as? Int == 4)
        #expect(progress["total"] as? Int == 4)
        #expect(progress["percent"] as? Double == 100)
        let result = try #require(job["result"] as? [String: Any])
        let results = try #require(result["results"] as? [[String: Any]])
        try #require(results.count == 350)
        for (index, item) in results.enumerated() {
            if index == 17 {
                #expect((item["error"] as? [String: Any])?["code"] as? String == "division-by-zero")
            } else {
                #expect(item["result"] as? String == "\(index).5")
            }
        }
        let short = try await client.send(.GET, "/v1/jobs/\(id)?result=false")
        #expect(try short.json()["result"] == nil)
        #expect(try await client.send(.DELETE, "/v1/jobs/\(id)").status == 409)
        #expect(try await client.send(.GET, "/v1/jobs/01a1fce9-a064-719a-9a44-7160c28a0d30").status == 404)
        #expect(try await client.send(.GET, "/v1/jobs/x").status == 404)
    }

    private func summaries(_ client: JobClient) async throws {
        let expected =
            #"{"count":60000,"exact":true,"max":"60000","mean":"30000.5","min":"1","quantiles":{"0.5":"30000.5"},"sum":"1800030000","variance":"300005000"}"#
        let rows = (1...60_000).map { "x,\($0 * 7 % 60_001)\n" }.joined()
        let csv = try await client.submit(
            "name,value\n" + rows, query: "?kind=summarize&column=value&quantiles=0.5", contentType: "text/csv")
        #expect(csv.status == 202, "\(csv.body)")
        let lines = (1...60_000).map { "\($0)\n" }.joined()
        let json = try await client.submit(
            lines, query: "?kind=summarize&quantiles=0.5", contentType: "application/x-ndjson")
        for answer in [csv, json] {
            let id = try #require(try JobClient.id(of: answer))
            #expect(try await client.end(of: id)["state"] as? String == "done")
            let text = try await client.send(.GET, "/v1/jobs/\(id)").body
            #expect(text.contains(#""result":\#(expected)"#), "\(text)")
        }
        // A number that only the calculator can refuse.
        let wrong = try await client.submit("1\n1e99999999999\n", query: "?kind=summarize", contentType: "text/csv")
        let failed = try await client.end(of: try #require(try JobClient.id(of: wrong)))
        #expect(failed["state"] as? String == "failed")
        let error = try #require(failed["error"] as? [String: Any])
        #expect(error["code"] as? String == "exponent-out-of-range")
        #expect((error["detail"] as? String)?.hasPrefix("value 2: ") == true)
    }

    private static let refused:
        [(query: String, type: String, body: String, key: String?, status: Int, mentions: String)] = [
            ("", "application/json", "{}", nil, 400, "/kind"),
            ("", "application/json", #"{"kind": "evaluate"}"#, nil, 400, "/kind"),
            ("", "application/json", #"{"kind": "batch", "values": ["1"]}"#, nil, 400, "/values"),
            ("", "application/json", #"{"kind": "batch"}"#, nil, 400, "/expressions"),
            ("", "application/json", #"{"kind": "summarize", "values": []}"#, nil, 422, "/values"),
            (
                "", "application/json", #"{"kind": "summarize", "values": ["1"], "precision": 0}"#, nil, 422,
                "/precision"
            ),
            (
                "", "application/json", #"{"kind": "summarize", "values": ["1"], "quantiles": ["x"]}"#, nil, 422,
                "/quantiles/0"
            ),
            ("?kind=batch", "application/json", #"{"kind": "batch", "expressions": ["1"]}"#, nil, 400, "?kind"),
            ("", "text/csv", "1\n", nil, 400, "?kind"),
            ("?kind=batch&quantiles=0.5", "text/csv", "1\n", nil, 400, "?quantiles"),
            ("?kind=summarize", "text/csv", "1\nx\n", nil, 422, "line 2, column 1"),
            ("?kind=summarize", "text/csv", "", nil, 422, "there are no values"),
            ("?kind=summarize", "text/plain", "1", nil, 415, "text/csv"),
            ("", "application/json", #"{"kind": "batch", "expressions": ["1"]}"#, "a b", 400, "Idempotency-Key"),
            ("?colour=red", "application/json", "{}", nil, 400, "?colour"),
        ]

    private func refusals(_ client: JobClient) async throws {
        for test in Self.refused {
            let answer = try await client.submit(test.body, query: test.query, contentType: test.type, key: test.key)
            #expect(answer.status == test.status, "\(test.query) \(test.body)")
            #expect(answer.body.contains(test.mentions), "\(answer.body)")
        }
    }

    private func idempotency(_ client: JobClient) async throws {
        let body = #"{"kind": "batch", "expressions": ["1 + 1"]}"#
        let first = try await client.submit(body, key: "key-1")
        let again = try await client.submit(body, key: "key-1")
        #expect(first.status == 202)
        #expect(again.status == 202)
        #expect(try JobClient.id(of: first) == JobClient.id(of: again))
        let other = try await client.submit(body.replacing("1 + 1", with: "1 + 2"), key: "key-1")
        #expect(other.status == 422)
        #expect(other.body.contains("/problems/idempotency-key-reused"))
        let another = try await client.submit(body, key: "key-2")
        #expect(try JobClient.id(of: first) != JobClient.id(of: another))
        // What was refused leaves its key free.
        let csv = ("?kind=summarize", "text/csv")
        #expect(try await client.submit("1\nx", query: csv.0, contentType: csv.1, key: "key-3").status == 422)
        let fixed = try await client.submit("1\n2", query: csv.0, contentType: csv.1, key: "key-3")
        #expect(fixed.status == 202)
        let same = try await client.submit("1\n2", query: csv.0, contentType: csv.1, key: "key-3")
        #expect(try JobClient.id(of: same) == JobClient.id(of: fixed))
        // All at once there is still one.
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let answer = try await client.submit(body, key: "key-4")
                    #expect([202, 409].contains(answer.status), "\(answer.body)")
                    return answer.status == 202 ? try JobClient.id(of: answer) : nil
                }
            }
            return try await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
        }
        #expect(ids.count == 1)
    }

    private func events(_ client: JobClient) async throws {
        let expressions = (0..<300).map { "\"\($0) + 1\"" }.joined(separator: ",")
        let answer = try await client.submit(#"{"kind": "batch", "expressions": [\#(expressions)]}"#)
        let id = try #require(try JobClient.id(of: answer))
        // The stream ends with the job.
        let stream = try await client.send(.GET, "/v1/jobs/\(id)/events")
        #expect(stream.headers.first(name: "content-type") == "text/event-stream")
        let events = stream.body.split(separator: "\n\n").filter { $0.contains("event: ") }
        let last = try #require(events.last)
        #expect(last.contains("event: done\ndata: {"), "\(stream.body)")
        #expect(last.contains(#""percent":100"#))
        #expect(events.dropLast().allSatisfy { $0.contains("event: progress\n") })
        #expect(try await client.send(.GET, "/v1/jobs/\(id)0/events").status == 404)
    }

    private func cancelling(_ client: JobClient) async throws {
        let answer = try await client.submit(Self.heavy)
        #expect(answer.status == 202)
        let id = try #require(try JobClient.id(of: answer))
        async let events = client.send(.GET, "/v1/jobs/\(id)/events")
        for _ in 0..<2 {
            let cancelled = try await client.send(.DELETE, "/v1/jobs/\(id)")
            #expect(cancelled.status == 200)
            #expect(try cancelled.json()["state"] as? String == "cancelled")
        }
        #expect(try await events.body.contains("event: cancelled\n"))
        // What comes after it is not held up.
        let next = try await client.submit(#"{"kind": "batch", "expressions": ["1 + 1"]}"#)
        let job = try await client.end(of: try #require(try JobClient.id(of: next)))
        #expect(job["state"] as? String == "done")
    }
}
