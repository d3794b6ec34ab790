import Events
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// The pages by the running executable: what a browser is answered, before any script.
struct PageFlowTests {
    private static func sandbox(_ suite: RunningSuite, _ arguments: String...) async throws -> String {
        let outcome = try await Executable.run(["sandbox"] + arguments + ["--data-directory", suite.directory.path])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test(.timeLimit(.minutes(5))) func whatPeopleSeeOfABounty() async throws {
        try await IdentityFlowTests.withSuite { suite in
            let issue = "acme/rocket-skates#1"
            _ = try await Self.sandbox(
                suite, "open", "acme/rocket-skates", "Brakes <script>alert(1)</script>", "--as", "octocat")
            _ = try await Self.sandbox(suite, "comment", issue, "Please. $usdc:250$", "--as", "road-runner")
            try await poll(within: .seconds(60)) { try await suite.bounties().first != nil }
            let bounty = try #require(try await suite.bounties().first)
            var comment = ""
            try await poll(within: .seconds(60)) {
                comment = try await Self.sandbox(suite, "show", issue)
                return comment.contains("?link=")
            }
            let start = try #require(comment.firstRange(of: "/bounties/\(bounty.id.wireText)?link="))
            let path = String(comment[start.lowerBound...].prefix { $0 != ")" })

            let browser = Browser(gateway: suite.gateway)
            let board = try await browser.get("/")
            #expect(board.status == 200)
            #expect(board.headers.first(name: "content-type") == "text/html; charset=utf-8")
            #expect(board.body.contains("Brakes &lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!board.body.contains("<script>"))

            // To everybody what it is, with the comment and the history of other services.
            let page = try await browser.get(path)
            #expect(page.status == 200)
            #expect(page.body.contains("Only its sponsor, <strong><bdi>road-runner</bdi></strong>, can sign it."))
            #expect(page.body.contains("Proposed by"))
            #expect(page.body.contains("sign to activate it</a>"))
            let asked = try await suite.get("\(suite.gateway)/v1/bounties/\(bounty.id.wireText)/comment").json()
            #expect((asked["markdown"] as? String)?.contains("`250 USDC`") == true)

            // To who follows the link and signs in: somebody else, then the sponsor.
            let returning = String(path.replacing("?", with: "%3F").replacing("=", with: "%3D"))
            let place = try await browser.signIn(as: "octocat", returnTo: returning)
            #expect(place == path)
            let others = try await browser.get(place)
            #expect(others.body.contains("You are signed in as"))
            let sponsor = Browser(gateway: suite.gateway)
            try await sponsor.signIn(as: "road-runner", returnTo: returning)
            let own = try await sponsor.get(path)
            #expect(own.body.contains(#"data-family="solana""#))
            #expect(own.body.contains("data-account=\"\(bounty.sponsor.id)\""))
            let wallets = try await sponsor.get("/link")
            #expect(wallets.body.contains("No wallet is linked."))
            #expect(wallets.headers.first(name: "cache-control") == "no-store")

            let style = try #require(own.body.firstRange(of: "/assets/"))
            let asset = String(own.body[style.lowerBound...].prefix { $0 != "\"" })
            let answer = try await browser.get(asset)
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "cache-control")?.contains("immutable") == true)
        }
    }

    @Test(.timeLimit(.minutes(5))) func theCalculatorWorksByItsAddressAlone() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let third = try await suite.get("\(suite.gateway)/calculator?expression=1%2F3&precision=5")
                #expect(third.body.contains(">0.33333</output>"))
                #expect(third.body.contains("rounded to 5 significant digits, half-even"))
                let wrong = try await suite.get("\(suite.gateway)/calculator?expression=2+%2B*+3")
                #expect(wrong.status == 200)
                #expect(wrong.body.contains("2 +<mark>*</mark> 3"))
                let document = try await suite.post("/v1/calculations/evaluate", #"{"expression": "2 +* 3"}"#).json()
                #expect(document["position"] as? Int == 4)
                let unknown = try await suite.get("\(suite.gateway)/v1/bounties/\(UUID().uuidString)/comment")
                #expect(unknown.status == 404)
            }
        }
    }
}
