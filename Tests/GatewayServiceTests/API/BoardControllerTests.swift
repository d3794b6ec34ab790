import Events
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

struct BoardControllerTests {
    private static func paid(_ number: Int, _ login: String, _ id: Int64) -> BountyRecord {
        var bounty = BountyRecord.sample(number, state: .paid)
        bounty.shares = [
            .init(
                recipient: .init(id: id, login: login), amount: "250.5", units: "250500000", state: .paid,
                payout: .numbered(number + 100))
        ]
        return bounty
    }

    @Test func aLeaderboardIsAsDocumented() async throws {
        let fixture = APIFixture([Self.paid(1, "alice", 2), Self.paid(2, "alice", 2), Self.paid(3, "bob", 3)])
        let answer = try await fixture.answer("/v1/leaderboard?limit=1")
        #expect(answer.status == .ok)
        let object = try answer.object
        let board = try #require((object["boards"] as? [[String: Any]])?.first)
        let cursor = try #require(board["next_cursor"] as? String)
        #expect(
            String(buffer: answer.body) == """
                {"boards":[{"asset":"solana:chain/token:mint","decimals":6,"denomination":"USDC","leaders":[\
                {"account":{"id":2,"login":"alice"},"amount":"501","count":2,"units":"501000000"}],\
                "next_cursor":"\(cursor)"}],"by":"solvers"}
                """)
        let second = try await fixture.answer("/v1/leaderboard?limit=1&cursor=\(cursor)")
        #expect(String(buffer: second.body).contains(#""login":"bob""#))
        #expect(String(buffer: second.body).contains(#""next_cursor":null"#))
        let sponsors = try await fixture.answer("/v1/leaderboard?by=sponsors&denomination=usdc")
        #expect(String(buffer: sponsors.body).contains(#""amount":"751.5","count":3"#))
    }

    @Test(arguments: ["by=x", "limit=0", "limit=101", "cursor=x", "cursor=%25", "q=1"])
    func whatCannotBeMeantIsRefused(query: String) async throws {
        #expect(try await APIFixture().answer("/v1/leaderboard?\(query)").status == .badRequest)
    }

    @Test func aRepositoryIsAsDocumented() async throws {
        let fixture = APIFixture([.sample(1, state: .active), .sample(2), .sample(3, state: .active)])
        let answer = try await fixture.answer("/v1/repositories/ACME/rocket-skates")
        #expect(
            String(buffer: answer.body) == """
                {"denominations":[{"asset":"solana:chain/token:mint","decimals":6,"denomination":"USDC","states":\
                {"active":{"amount":"501","count":2,"units":"501000000"},\
                "proposed":{"amount":"250.5","count":1,"units":"250500000"}}}],\
                "repository":{"full_name":"acme/Rocket-Skates","id":10}}
                """)
        #expect(try await fixture.answer("/v1/repositories/acme/other").status == .notFound)
    }

    @Test func theBountiesOfAnIssueAreListed() async throws {
        var other = BountyRecord.sample(3)
        other.issue.number = 4
        let fixture = APIFixture([.sample(1), .sample(2), other])
        let answer = try await fixture.answer("/v1/repositories/acme/rocket-skates/issues/3/bounties?limit=1")
        let first = try answer.object
        #expect((first["bounties"] as? [[String: Any]])?.count == 1)
        let cursor = try #require(first["next_cursor"] as? String)
        let rest = try await fixture.answer(
            "/v1/repositories/acme/rocket-skates/issues/3/bounties?cursor=\(cursor)"
        ).object
        #expect((rest["bounties"] as? [[String: Any]])?.count == 1)
        #expect(rest["next_cursor"] is NSNull)
        let none = try await fixture.answer("/v1/repositories/acme/rocket-skates/issues/9/bounties")
        #expect(String(buffer: none.body) == #"{"bounties":[],"next_cursor":null}"#)
        #expect(try await fixture.answer("/v1/repositories/acme/rocket-skates/issues/x/bounties").status == .notFound)
    }

    @Test func aBadgeIsAnImageThatMayBeCached() async throws {
        let answer = try await APIFixture([.sample(1, state: .active)])
            .answer("/v1/repositories/acme/rocket-skates/badge.svg")
        #expect(answer.headers[.contentType] == "image/svg+xml")
        #expect(answer.headers[.cacheControl] == "public, max-age=60")
        #expect(answer.headers[.eTag] != nil)
        #expect(String(buffer: answer.body).contains("250.5 USDC"))
        #expect(try await APIFixture().answer("/v1/repositories/no/body/badge.svg").status == .ok)
    }

    // MARK: - What the client has already

    private static let paths = [
        "/v1/bounties", "/v1/bounties?state=proposed", "/v1/bounties/\(UUID.numbered(1).wireText)", "/v1/leaderboard",
        "/v1/repositories/acme/rocket-skates", "/v1/repositories/acme/rocket-skates/badge.svg",
        "/v1/repositories/acme/rocket-skates/issues/3/bounties", "/v1/denominations",
    ]

    @Test(arguments: paths, [HTTPRequest.Method.get, .head])
    func whatDidNotChangeIsNotSentAgain(path: String, method: HTTPRequest.Method) async throws {
        let fixture = APIFixture([.sample(1)])
        let answer = try await fixture.answer(path, method: method)
        let tag = try #require(answer.headers[.eTag])
        #expect(answer.headers[.cacheControl] != nil)
        for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = try await fixture.answer(path, method: method, headers: [.ifNoneMatch: known])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
            #expect(again.headers[.eTag] == tag)
        }
        #expect(try await fixture.answer(path, method: method, headers: [.ifNoneMatch: "\"other\""]).status == .ok)
        #expect(try await fixture.answer(path, method: .head).body.readableBytes == 0)
    }

    @Test func aChangeChangesTheTags() async throws {
        let fixture = APIFixture([.sample(1, state: .active)])
        var tags: [String: String] = [:]
        for path in Self.paths where path != "/v1/denominations" && !path.contains("=") {
            tags[path] = try await fixture.answer(path).headers[.eTag]
        }
        fixture.add([.sample(1, version: 2, state: .paid)])
        for (path, tag) in tags where path != "/v1/leaderboard" {
            #expect(try await fixture.answer(path, headers: [.ifNoneMatch: tag]).status == .ok, "\(path)")
        }
    }
}
