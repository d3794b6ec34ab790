import Foundation
import HTTP
import Hummingbird
import HummingbirdTesting
import JetStream
import ServiceRuntime
import Testing

@testable import GatewayService

/// The contract, the routes and the problems say the same.
struct ContractTests {
    private static func document() throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.json.utf8)) as? [String: Any])
    }

    private static func paths() throws -> [String: [String: Any]] {
        try #require(try document()["paths"] as? [String: [String: Any]])
    }

    /// Files of pages, which are no part of the contract.
    private static func isPartOfAPage(_ route: String) -> Bool {
        ["GET /assets/", "GET /favicon.ico", "GET /robots.txt"].contains { route.hasPrefix($0) }
    }

    @Test func everyRouteIsInTheContractAndTheOtherWayRound() throws {
        var routes: Set<String> = []
        let settings = Settings(
            flags: try Flags([], allowing: GatewayConfiguration.settings), environment: [:],
            made: ["nats.url": "nats://127.0.0.1:1"])
        _ = try Gateway.service(
            try GatewayConfiguration(settings),
            onRoutes: { routes = Set($0.filter { !$0.hasPrefix("HEAD ") && !Self.isPartOfAPage($0) }) })
        let methods: Set = ["get", "post", "put", "delete", "patch"]
        let documented = try Self.paths().flatMap { path, item in
            item.keys.filter(methods.contains).map { "\($0.uppercased()) \(Self.nameless(path))" }
        }
        #expect(Set(documented).subtracting(routes.map(Self.nameless)) == [])
        #expect(Set(routes.map(Self.nameless)).subtracting(documented) == [])
    }

    /// What a parameter of a path is called is of no matter.
    private static func nameless(_ path: String) -> String { path.replacing(/\{[^}]*\}/, with: "{}") }

    /// Codes stand in the descriptions of answers, in backticks.
    private static func documentedCodes() throws -> Set<String> {
        var codes: Set<String> = []
        func visit(_ node: Any) throws {
            if let list = node as? [Any] {
                for item in list { try visit(item) }
            } else if let object = node as? [String: Any] {
                for (status, answer) in object["responses"] as? [String: [String: Any]] ?? [:]
                where status >= "4" || Int(status) == nil {
                    let description = answer["description"] as? String ?? ""
                    codes.formUnion(description.matches(of: /`([a-z]+(?:-[a-z]+)*)`/).map { String($0.1) })
                }
                for value in object.values { try visit(value) }
            }
        }
        try visit(try document())
        return codes
    }

    @Test func everyProblemOfTheContractIsExplained() throws {
        let explained = Set(ProblemCatalogue.entries.map(\.code))
        #expect(explained.count == ProblemCatalogue.entries.count)
        #expect(try Self.documentedCodes().subtracting(explained) == [])
    }

    /// Of those that any request can get the introduction tells; the others are of the webhook or of no client.
    @Test func everyProblemThatIsExplainedIsInTheContract() throws {
        let elsewhere: Set = [
            "malformed-request", "bad-request", "request-timeout", "headers-too-large", "internal-error",
            "method-not-allowed", "wrong-signature", "missing-header", "cancelled", "too-many-accounts",
            "invalid-variable",
        ]
        let explained = Set(ProblemCatalogue.entries.map(\.code))
        #expect(explained.subtracting(try Self.documentedCodes()).subtracting(elsewhere) == [])
    }

    /// Where sources make a problem or a refusal, its code is a text in kebab case beside a status.
    @Test func everyProblemOfTheSourcesIsExplained() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let explained = Set(ProblemCatalogue.entries.map(\.code))
        var found: Set<String> = []
        for folder in [
            "Platform/HTTP", "Services/Gateway", "Services/Bounty", "Services/Identity", "Protocol/Identity",
        ] {
            let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            while let name = files?.nextObject() as? String {
                guard name.hasSuffix(".swift") else { continue }
                let text = try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
                let made = text.matches(
                    of:
                        /(?:Problem\(\s*\.[a-zA-Z]+|(?:Service|Identity)Failure\(\s*[0-9]{3}|\.invalid\(|\.invalidField\(\s*"[^"]*"),?\s*"([a-z]+(?:-[a-z]+)*)"/
                )
                found.formUnion(made.map { String($0.1) })
            }
        }
        #expect(found.count > 40)
        #expect(found.subtracting(explained) == [])
    }

    @Test func aProblemsTypeLeadsToItsMeaning() async throws {
        let router = Router.standard(publicURL: "https://bursar.example")
        ContractController().addRoutes(to: router)
        router.refuseOtherMethods()
        try await Application(responder: router.buildResponder()).test(.router) { client in
            let json = try await client.execute(uri: "/problems/division-by-zero", method: .get)
            #expect(json.status == .ok)
            #expect(try json.object["statuses"] as? [Int] == [422])
            let page = try await client.execute(
                uri: "/problems/division-by-zero", method: .get, headers: [.accept: "text/html,*/*"])
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(String(buffer: page.body).contains("<h1>Division by zero</h1>"))
            let nothing = try await client.execute(uri: "/problems/nothing", method: .get)
            #expect(nothing.status == .notFound)
            let all = try await client.execute(uri: "/problems", method: .get)
            #expect(try (all.object["problems"] as? [Any])?.count == ProblemCatalogue.entries.count)
            let contract = try await client.execute(uri: "/openapi.json", method: .get)
            #expect(try contract.object["openapi"] as? String == "3.1.0")
            let docs = try await client.execute(uri: "/docs", method: .get)
            let text = String(buffer: docs.body)
            #expect(text.contains("POST /v1/calculations/evaluate"))
            #expect(!text.contains("<script") && !text.contains("style=") && !text.contains("src="))
        }
    }
}
