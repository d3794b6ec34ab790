import EmbeddedServers
import Foundation
import TestSupport
import Testing

/// The calculator through the public API and from the command line.
struct CalculationTests {
    private static let calls: [(call: String, body: String, answer: String)] = [
        ("evaluate", #"{"expression": "0.1 + 0.2"}"#, #"{"exact":true,"result":"0.3"}"#),
        (
            "evaluate", #"{"expression": "x/3", "precision": 5, "rounding": "up", "variables": {"x": "1"}}"#,
            #"{"digits":5,"exact":false,"result":"0.33334"}"#
        ),
        (
            "batch", #"{"expressions": ["1+1", "1/0"]}"#,
            #"{"results":[{"exact":true,"result":"2"},{"error":{"code":"division-by-zero","detail":"division by zero","position":2}}]}"#
        ),
        (
            "summarize", #"{"values": ["1", "2.5"], "quantiles": ["0.5", "0.99"]}"#,
            #"{"count":2,"exact":true,"max":"2.5","mean":"1.75","min":"1","quantiles":{"0.5":"1.75","0.99":"2.485"},"sum":"3.5","variance":"1.125"}"#
        ),
        ("allocate", #"{"units": "100", "weights": ["70", "30", "1"]}"#, #"{"parts":["69","30","1"]}"#),
        ("convert", #"{"amount": "1.5", "from": "SOL", "to": "LAMPORT"}"#, #"{"amount":"1500000000"}"#),
    ]

    private static let refusals: [(call: String, body: String, status: Int, pointer: String, mentions: String)] = [
        ("evaluate", #"{"expression": "2 +* 3"}"#, 422, "/expression", "position 4"),
        ("evaluate", #"{"expression": "9^9^9^9"}"#, 422, "/expression", "digits"),
        ("evaluate", #"{"expression": "1", "precision": 0}"#, 422, "/precision", "from 1 to 10000"),
        ("evaluate", #"{"expression": "1", "rounding": "sideways"}"#, 422, "/rounding", "half-even"),
        ("evaluate", #"{"expression": 1}"#, 400, "/expression", "a text"),
        ("evaluate", #"{"expresion": "1"}"#, 400, "/expresion", "not a known member"),
        ("evaluate", #"{}"#, 400, "/expression", "missing"),
        ("evaluate", #"{"expression": "1""#, 400, "", "not JSON"),
        ("batch", #"{"expressions": "1"}"#, 400, "/expressions", "a list"),
        ("summarize", #"{"values": []}"#, 422, "/values", "values"),
        ("summarize", #"{"values": ["1", "two"]}"#, 422, "/values/1", "number"),
        ("allocate", #"{"units": "100", "weights": ["1", "-1"]}"#, 422, "/weights/1", "negative"),
        ("allocate", #"{"units": "1.5", "weights": ["1"]}"#, 422, "/units", "whole number"),
        ("convert", #"{"amount": "1", "from": "SOL", "to": "ETH"}"#, 422, "/to", "different assets"),
        ("convert", #"{"amount": "1", "from": "SHELLS", "to": "ETH"}"#, 422, "/from", "no such denomination"),
    ]

    @Test func theCallsAnswerThroughTheGateway() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                for test in Self.calls {
                    let answer = try await suite.post("/v1/calculations/\(test.call)", test.body)
                    #expect(answer.status == 200, "\(test.body)")
                    #expect(answer.body == test.answer)
                }
                for test in Self.refusals {
                    let answer = try await suite.post("/v1/calculations/\(test.call)", test.body)
                    #expect(answer.status == test.status, "\(test.body)")
                    let problem = try answer.json()
                    let errors = problem["errors"] as? [[String: String]]
                    #expect(errors?.first?["pointer"] == test.pointer, "\(test.body)")
                    #expect((problem["detail"] as? String)?.contains(test.mentions) == true, "\(answer.body)")
                }
                let form = try await suite.post("/v1/calculations/evaluate", "expression=1", contentType: "text/plain")
                #expect(form.status == 415)

                let local = ["--data-directory", directory.path]
                let sum = try await Executable.run(["calc", "0.1 + 0.2"] + local)
                #expect(sum.output == "0.3\n")
                #expect(sum.errors == "")
                let third = try await Executable.run(["calc", "1/3", "--precision", "5"] + local)
                #expect(third.output == "0.33333\n")
                #expect(third.errors == "rounded to 5 significant digits\n")
                let wrong = try await Executable.run(["calc", "1/0"] + local)
                #expect(wrong.exitCode == 1)
                #expect(wrong.errors == "bursar: division by zero at position 2\n")
                let rounding = try await Executable.run(["calc", "1", "--rounding", "sideways"] + local)
                #expect(rounding.exitCode == 64)
            }
        }
    }
}
