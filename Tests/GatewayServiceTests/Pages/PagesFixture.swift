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
import Money
import NIOCore
import TestSupport
import Testing
import WireClient
import WireTransport

@testable import GatewayService

/// The pages over bounties that the test puts in place; nobody is behind the gateway here.
struct PagesFixture: Sendable {
    static let links = ForeignLinks(github: "http://github.test:8082")

    private let responder: RouterResponder<ServerRequestContext>

    init(_ bounties: [BountyRecord] = [], payouts: [PayoutRecord] = []) throws {
        let board = BountyBoard()
        var snapshot = BountySnapshot()
        for (index, bounty) in bounties.enumerated() {
            snapshot.apply(.proposed(bounty), sequence: UInt64(index + 1))
        }
        board.publish(snapshot)
        let nats = NATSClient(
            configuration: try NATSConfiguration(url: "nats://127.0.0.1:1", clientName: "test"), logger: .quiet)
        let services = ServiceClient(client: nats)
        let callers = Callers(
            identity: services, keyring: SessionKeyring(client: services, logger: .quiet),
            publicURL: "https://bursar.example")
        let calculator = try RPCClients(
            name: "calculator", resolver: FixedAddresses([try SocketAddress(ipAddress: "127.0.0.1", port: 1)]),
            logger: .quiet)
        let router = Router.standard(publicURL: "https://bursar.example", problemPage: ProblemPage.response)
        Pages(
            board: board, services: services, callers: callers, calculations: Calculations(clients: calculator),
            denominations: .builtIn, githubURL: Self.links.github
        ).addRoutes(to: router, api: router.group("v1"))
        router.refuseOtherMethods()
        responder = router.buildResponder()
    }

    func answer(
        _ uri: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [.accept: "text/html"]
    ) async throws -> TestResponse {
        try await Application(responder: responder).test(.router) {
            try await $0.execute(uri: uri, method: method, headers: headers)
        }
    }

    /// The text of a page that is answered with 200.
    func page(_ uri: String) async throws -> String {
        let answer = try await answer(uri)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        let text = String(buffer: answer.body)
        #expect(Markup(text).faults == [])
        return text
    }
}

extension BountyView {
    /// As somebody sees it where everything behind the page answers, unless a test changes that.
    static func sample(
        _ bounty: BountyRecord, payouts: [PayoutRecord] = [], history: Asked<[HistoryEntry]> = .answered([]),
        comment: Asked<HTML?> = .answered(nil), viewer: BountyRecord.Account? = nil, link: String? = nil
    ) -> BountyView {
        BountyView(
            bounty: bounty, payouts: payouts, history: history, comment: comment, viewer: viewer, link: link,
            location: "/bounties/\(bounty.id.wireText)" + (link.map { "?link=\($0)" } ?? ""),
            denominations: .builtIn, links: PagesFixture.links)
    }
}
