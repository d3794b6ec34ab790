import BountyProtocol
import Events
import Foundation
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IdentityProtocol
import JetStream
import Logging
import TestSupport
import Testing

@testable import GatewayService

/// What the gateway answers of payout orders and of versions from its memory; nobody is behind it here.
struct PayoutControllerTests {
    private static let bountyID = UUID.numbered(7)

    private static func order(_ number: Int, recipient: Int64 = 2) -> PayoutRecord {
        PayoutRecord(
            id: .numbered(number), bounty: bountyID, recipient: .init(id: recipient, login: "alice"),
            account: "solana:chain:address", asset: "solana:chain/token:mint", units: "250500000",
            issuedAt: BountyRecord.start, keyID: "0011223344556677", canonical: #"{"id":"x"}"#, signature: "c2ln")
    }

    private static func board(_ orders: [PayoutRecord]) -> BountyBoard {
        let board = BountyBoard()
        var snapshot = BountySnapshot()
        for (index, order) in orders.enumerated() {
            snapshot.apply(
                .shareOrdered(.sample(7, version: index + 1, state: .settling), payout: order),
                sequence: UInt64(index + 1))
        }
        board.publish(snapshot)
        return board
    }

    private static func answer(
        _ board: BountyBoard, _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        let nats = NATSClient(
            configuration: try NATSConfiguration(url: "nats://127.0.0.1:1", clientName: "test"), logger: .quiet)
        let services = ServiceClient(client: nats)
        let callers = Callers(
            identity: services, keyring: SessionKeyring(client: services, logger: .quiet),
            publicURL: "https://bursar.example")
        let router = Router.standard(publicURL: "https://bursar.example")
        let api = router.group("v1")
        BountyController(board: board).addRoutes(to: api)
        SigningController(bounties: services, board: board, callers: callers).addRoutes(to: api)
        PayoutController(
            board: board, bounties: services, callers: callers, keys: PublishedPayoutKeys(bounties: services)
        ).addRoutes(to: api)
        router.refuseOtherMethods()
        return try await Application(responder: router.buildResponder()).test(.router) {
            try await $0.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// API.md, "Payout".
    @Test func anOrderIsAsDocumented() async throws {
        let order = Self.order(9)
        let answer = try await Self.answer(Self.board([order]), "/v1/payouts/\(order.id.wireText)")
        #expect(answer.status == .ok)
        #expect(
            String(buffer: answer.body) == """
                {"account":"solana:chain:address","asset":"solana:chain/token:mint",\
                "bounty":"01000000-0000-7000-8000-000000000007","canonical":"{\\"id\\":\\"x\\"}",\
                "id":"01000000-0000-7000-8000-000000000009","issued_at":"2026-11-21T09:30:00.000Z",\
                "key_id":"0011223344556677","recipient":{"id":2,"login":"alice"},"signature":"c2ln","state":"issued",\
                "units":"250500000"}
                """)
        let none = try await Self.answer(Self.board([order]), "/v1/payouts/\(UUID().wireText)")
        #expect(none.status == .notFound)
    }

    @Test func ordersAreListedInPagesAndNarrowed() async throws {
        let board = Self.board((1...3).map { Self.order($0, recipient: Int64($0)) })
        let first = try await Self.answer(board, "/v1/payouts?limit=2").object
        #expect((first["payouts"] as? [Any])?.count == 2)
        let cursor = try #require(first["next_cursor"] as? String)
        let second = try await Self.answer(board, "/v1/payouts?limit=2&cursor=\(cursor)").object
        #expect((second["payouts"] as? [Any])?.count == 1)
        #expect(second["next_cursor"] is NSNull)
        for (query, count) in [
            ("recipient=2", 1), ("state=issued", 3), ("state=acknowledged", 0), ("bounty=\(Self.bountyID.wireText)", 3),
            ("bounty=\(UUID().wireText)", 0),
        ] {
            let object = try await Self.answer(board, "/v1/payouts?\(query)").object
            #expect((object["payouts"] as? [Any])?.count == count, "\(query)")
        }
        for query in ["limit=0", "limit=101", "state=x", "bounty=7", "recipient=alice", "cursor=x", "q=1"] {
            #expect(try await Self.answer(board, "/v1/payouts?\(query)").status == .badRequest, "\(query)")
        }
    }

    @Test(arguments: [
        ("/v1/payouts/01000000-0000-7000-8000-000000000009/acknowledgement", #"{"transaction":"x"}"#),
        ("/v1/bounties/01000000-0000-7000-8000-000000000007/challenge", #"{"link":"x","wallet":"y"}"#),
        ("/v1/bounties/01000000-0000-7000-8000-000000000007/signature", #"{"challenge":"x","signature":"y"}"#),
    ])
    func nobodyInParticularWritesNothing(path: String, body: String) async throws {
        let answer = try await Self.answer(
            Self.board([]), path, method: .post, headers: [.contentType: "application/json"], body: body)
        #expect(answer.status == .unauthorized)
        #expect(try answer.object["type"] as? String == "https://bursar.example/problems/not-signed-in")
    }

    @Test(arguments: ["/v1/payout-keys", "/v1/bounties/01000000-0000-7000-8000-000000000007/history"])
    func withoutTheBountyServiceTheAnswerSaysSo(path: String) async throws {
        let answer = try await Self.answer(Self.board([]), path)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "1")
    }

    // MARK: - Bursar-Version

    @Test func aReadWaitsForTheVersionThatItsCallerHasWritten() async throws {
        let board = Self.board([Self.order(1)])
        let path = "/v1/bounties/\(Self.bountyID.wireText)"
        let waiting = Task {
            try await Self.answer(
                board, path, headers: [.bursarVersion: "bounty/\(Self.bountyID.wireText)@3"]
            ).object["version"] as? Int
        }
        var snapshot = board.snapshot
        for version in 2...4 {
            snapshot.apply(.settled(.sample(7, version: version, state: .settled)), sequence: UInt64(version))
            board.publish(snapshot)
            await Task.yield()
        }
        let seen = try #require(try await waiting.value)
        #expect(seen >= 3)
        // What is there already is waited for by nobody.
        let now = try await Self.answer(
            board, "/v1/payouts", headers: [.bursarVersion: "bounty/\(Self.bountyID.wireText)@2"])
        #expect(now.status == .ok)
    }

    @Test(arguments: [
        "", "bounty/x@1", "bounty/01000000-0000-7000-8000-000000000007", "identity/1@1",
        "bounty/01000000-0000-7000-8000-000000000007@0", "bounty/01000000-0000-7000-8000-000000000007@1@1",
    ])
    func whatIsNoVersionIsRefused(text: String) async throws {
        let answer = try await Self.answer(Self.board([]), "/v1/bounties", headers: [.bursarVersion: text])
        #expect(answer.status == .badRequest)
        #expect(try answer.object["type"] as? String == "https://bursar.example/problems/invalid-version")
    }

    @Test func whoGivesUpWaitingIsForgotten() async throws {
        let board = Self.board([])
        let version = try #require(BountyVersion("bounty/\(Self.bountyID.wireText)@1"))
        let task = Task { try await board.wait(for: version) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
