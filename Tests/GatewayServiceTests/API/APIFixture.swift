import Events
import Foundation
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Money
import Testing

@testable import GatewayService

/// The gateway's API over bounties that the test puts in place.
struct APIFixture: Sendable {
    let board = BountyBoard()
    private let responder: RouterResponder<ServerRequestContext>

    init(_ bounties: [BountyRecord] = [], denominations: Denominations = .builtIn) {
        let router = Router.standard(publicURL: "https://bursar.example")
        let api = router.group("v1")
        BountyController(board: board).addRoutes(to: api)
        BoardController(board: board).addRoutes(to: api)
        DenominationController(denominations: denominations).addRoutes(to: api)
        router.refuseOtherMethods()
        responder = router.buildResponder()
        add(bounties)
    }

    func add(_ bounties: [BountyRecord]) {
        var snapshot = board.snapshot
        for bounty in bounties { snapshot.apply(.proposed(bounty), sequence: snapshot.sequence + 1) }
        board.publish(snapshot)
    }

    func answer(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await Application(responder: responder).test(.router) {
            try await $0.execute(uri: uri, method: method, headers: headers)
        }
    }

    /// The object of an answer of 200.
    func object(_ uri: String) async throws -> [String: Any] {
        let answer = try await answer(uri)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        return try answer.object
    }

    struct Page {
        var numbers: [Int]
        var next: String?
    }

    /// The bounties of a list by their numbers.
    func page(_ query: String) async throws -> Page {
        let object = try await object("/v1/bounties\(query.isEmpty ? "" : "?\(query)")")
        #expect(Set(object.keys) == ["bounties", "next_cursor"])
        let bounties = try #require(object["bounties"] as? [[String: Any]])
        return Page(
            numbers: bounties.compactMap { ($0["id"] as? String).flatMap { UUID(uuidString: $0)?.number } },
            next: object["next_cursor"] as? String)
    }
}

extension TestResponse {
    var object: [String: Any] {
        get throws {
            try #require(try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any])
        }
    }
}
