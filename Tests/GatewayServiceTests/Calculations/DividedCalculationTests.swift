import Foundation
import TestSupport
import Testing

/// Inputs that several calculators work on.
struct DividedCalculationTests {
    @Test(arguments: ["", "?quantiles=0.5,0.99"])
    func anUploadIsSummarizedByAllCalculators(_ query: String) async throws {
        let replicas = [CountedSummaries(), CountedSummaries()]
        try await CalculationFixture.with(replicas.map(\.methods)) { fixture in
            // 1 to 60,000 in no order: 7 has no factor in common with 60,001.
            let values = (1...60_000).map { "\($0 * 7 % 60_001).0" }
            let ask = {
                try await fixture.post("summarize\(query)", values.joined(separator: "\n"), contentType: "text/csv")
            }
            let answer = try await ask()
            #expect(answer.status == 200, "\(answer.body)")
            #expect(answer.body.contains(#""count":60000,"#))
            #expect(answer.body.contains(#""max":"60000","mean":"30000.5","min":"1""#))
            #expect(answer.body.contains(#""sum":"1800030000","variance":"300005000""#))
            if !query.isEmpty { #expect(answer.body.contains(#""quantiles":{"0.5":"30000.5","0.99":"59400.01"}"#)) }
            // The connection to one may be there a moment later than the other's.
            for _ in 0..<10 where replicas.contains(where: { $0.count == 0 }) { _ = try await ask() }
            #expect(replicas.allSatisfy { $0.count > 0 })
        }
    }

    @Test func JSONIsDividedToo() async throws {
        let replicas = [CountedSummaries(), CountedSummaries()]
        try await CalculationFixture.with(replicas.map(\.methods)) { fixture in
            let values = (1...45_000).map { "\"\($0)\"" }.joined(separator: ",")
            let answer = try await fixture.post("summarize", #"{"values": [\#(values)], "quantiles": ["0.5"]}"#)
            #expect(
                answer.body.contains(#""mean":"22500.5","min":"1","quantiles":{"0.5":"22500.5"},"sum":"1012522500""#))
            #expect(replicas.reduce(0) { $0 + $1.count } > 2)
            let wrong = values.replacing("\"33333\"", with: "\"many\"")
            let refusal = try await fixture.post("summarize", #"{"values": [\#(wrong)]}"#)
            #expect(refusal.status == 422)
            #expect(refusal.body.contains(#""pointer":"/values/33332""#), "\(refusal.body)")
        }
    }

    @Test func aBatchKeepsItsOrder() async throws {
        try await CalculationFixture.with([CalculationFixture.methods, CalculationFixture.methods]) { fixture in
            let expressions = (0..<3_000).map { $0 % 10 == 7 ? "\"1/0\"" : "\"\($0) + 1\"" }.joined(separator: ",")
            let answer = try await fixture.post("batch", #"{"expressions": [\#(expressions)]}"#)
            #expect(answer.status == 200)
            let body = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
            let results = try #require(body["results"] as? [[String: Any]])
            #expect(results.count == 3_000)
            for (index, result) in results.enumerated() {
                if index % 10 == 7 {
                    #expect((result["error"] as? [String: Any])?["code"] as? String == "division-by-zero")
                } else {
                    #expect(result["result"] as? String == "\(index + 1)")
                }
            }
        }
    }

    struct Refusal: Sendable {
        var query = ""
        var type = "text/csv"
        var body: String
        var status: Int
        var mentions: String
    }

    @Test(arguments: [
        Refusal(body: "1\n2\nthree\n", status: 422, mentions: "line 3, column 1: \\\"three\\\" is not a number"),
        Refusal(body: "", status: 422, mentions: "there are no values"),
        Refusal(body: "1\n1e99999999999\n", status: 422, mentions: "value 2: "),
        Refusal(query: "?quantiles=2", body: "1\n", status: 422, mentions: "quantile"),
        Refusal(query: "?quantiles=x", body: "1\n", status: 400, mentions: "?quantiles"),
        Refusal(query: "?precision=0", body: "1\n", status: 400, mentions: "?precision"),
        Refusal(query: "?rounding=sideways", body: "1\n", status: 400, mentions: "half-even"),
        Refusal(query: "?column=price&header=absent", body: "1\n", status: 400, mentions: "?column"),
        Refusal(query: "?column=0", body: "1\n", status: 400, mentions: "?column"),
        Refusal(query: "?column=1", type: "application/x-ndjson", body: "1\n", status: 400, mentions: "text/csv"),
        Refusal(query: "?column=1", type: "application/json", body: "{}", status: 400, mentions: "?column"),
        Refusal(type: "text/plain", body: "1\n", status: 415, mentions: "application/x-ndjson"),
    ])
    func whatIsWrongIsSaid(_ test: Refusal) async throws {
        try await CalculationFixture.with { fixture in
            let answer = try await fixture.post("summarize\(test.query)", test.body, contentType: test.type)
            #expect(answer.status == test.status)
            #expect(answer.body.contains(test.mentions), "\(answer.body)")
        }
    }

    @Test func anUploadOverTheLimitIs413() async throws {
        try await CalculationFixture.with(maximumUploadBytes: 1_024) { fixture in
            let fits = String(repeating: "1\n", count: 512)
            #expect(try await fixture.post("summarize", fits, contentType: "text/csv").status == 200)
            let answer = try await fixture.post("summarize", fits + "1", contentType: "text/csv")
            #expect(answer.status == 413)
        }
    }
}
