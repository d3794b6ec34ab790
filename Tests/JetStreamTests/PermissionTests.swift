import EmbeddedServers
import FoundationEssentials
import JetStream
import NIOCore
import TestSupport
import Testing

@Suite("Permissions")
struct PermissionTests {
    /// A service that does everything once, and the others that it does it with.
    private static var users: [NATSUser] {
        var service = NATSPermissions(inboxPrefix: "_INBOX.service")
        service.allowPublishing("s.mine.>")
        service.allowConsuming(stream: "S", durable: "mine")
        service.allowReading(stream: "R")
        service.allowServing("rpc.service.v1.*", queueGroup: "service")
        service.allowRequests("rpc.other.v1.*")
        service.allowDiscovery(of: "service")
        var other = NATSPermissions(inboxPrefix: "_INBOX.other")
        other.allowServing("rpc.other.v1.*", queueGroup: "other")
        other.allowRequests("rpc.service.v1.*", "rpc.other.v1.*", "$SRV.>")
        other.allowPublishing("s.>", "r.>")
        var provisioner = NATSPermissions(inboxPrefix: "_INBOX.provisioner")
        provisioner.allowProvisioning(provisions)
        return [
            NATSUser(name: "service", password: "p\"1\\", permissions: service),
            NATSUser(name: "other", password: "$p2", permissions: other),
            NATSUser(name: "provisioner", password: "p3", permissions: provisioner),
        ]
    }

    private static var provisions: [StreamProvision] {
        [
            StreamProvision(
                StreamSpecification(name: "S", subjects: ["s.>"]),
                consumers: [ConsumerSpecification(durable: "mine"), ConsumerSpecification(durable: "others")]),
            StreamProvision(StreamSpecification(name: "R", subjects: ["r.>"])),
        ]
    }

    @Test func whatIsNeededIsAllowed() async throws {
        try await withUsers { _, service, other in
            try await service.store("s.mine.a", "stored")
            let consumer = try PullConsumer(client: service, stream: "S", durable: "mine")
            let message = try #require(await consumer.next()?.first)
            try message.inProgress()
            try await message.nak()
            try await #require(await consumer.next()?.first).ack()

            try await other.store("r.a", "event")
            let reader = try OrderedReader(client: service, stream: "R")
            #expect(try await reader.next()?.messages.map(\.message.payloadText) == ["event"])

            try await other.echoing("rpc.other.v1", "other", for: service) {
                let answer = try await service.ask("rpc.other.v1.say", "hello")
                #expect(answer == "hello")
            }
            try await service.echoing("rpc.service.v1", "service", for: other) {
                let answer = try await other.ask("rpc.service.v1.say", "hello")
                #expect(answer == "hello")
            }
            try await service.discoverable(as: "service", for: other) {
                for subject in ["$SRV.PING", "$SRV.INFO.service", "$SRV.STATS.service"] {
                    let answer = try await other.ask(subject, "")
                    #expect(answer.contains(#""name":"service""#))
                }
            }
        }
    }

    @Test(arguments: [
        "s.others.a", "r.a", "rpc.service.v1.x", "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.INFO.S",
        "$JS.API.STREAM.DELETE.R", "$JS.API.STREAM.PURGE.R", "$JS.API.STREAM.UPDATE.R", "$JS.API.STREAM.MSG.GET.R",
        "$JS.API.CONSUMER.INFO.S.mine", "$JS.API.CONSUMER.MSG.NEXT.S.others", "$JS.API.CONSUMER.CREATE.S.mine",
        "$JS.API.CONSUMER.DELETE.S.mine", "$JS.API.CONSUMER.DELETE.R.any", "$JS.ACK.S.others.1.1.1.1.0",
        "_INBOX.other.x", "$SYS.REQ.SERVER.PING",
    ])
    func publishingAnythingElseIsDenied(_ subject: String) async throws {
        try await withUsers { _, service, _ in
            // The server keeps silent, and the connection lives on.
            #expect(await service.storeError(subject, timeout: .milliseconds(200)) == .timeout)
            try await service.store("s.mine.a", "stored")
        }
    }

    /// The subject is another's; the queue group is another's; the inbox is another's.
    @Test(arguments: [
        ("rpc.other.v1.*", "service"), ("rpc.service.v1.*", "thieves"), ("_INBOX.other.>", "service"),
    ])
    func servingAnythingElseIsDenied(_ subject: String, _ queueGroup: String) async throws {
        try await withUsers { server, service, other in
            let responder = try NATSResponder(client: service, subject: subject, queueGroup: queueGroup) { _ in
                NATSReply(payload: ByteBuffer(string: "stolen"))
            }
            let run = Task { try await responder.run() }
            let log = server.configuration.directory + "/nats-server.log"
            try await poll {
                let text = try? String(contentsOfFile: log, encoding: .utf8)
                return text?.contains("Subscription Violation") == true && text?.contains("\"\(subject)\"") == true
            }
            for asked in ["rpc.other.v1.say", "rpc.service.v1.say"] {
                await #expect(throws: NATSError.noResponders(subject: asked)) { try await other.ask(asked, "") }
            }
            run.cancel()
            _ = await run.result
        }
    }

    private func withUsers(
        _ body:
            @escaping @Sendable (_ server: TestNATS, _ service: NATSClient, _ other: NATSClient) async throws -> Void
    ) async throws {
        let users = Self.users
        try await TestNATS.withServer(authorization: NATSUser.authorization(users)) { server in
            try await server.withClient(
                user: "provisioner", password: users[2].password, inboxPrefix: "_INBOX.provisioner"
            ) { _ = try await $0.provision(Self.provisions) }
            try await server.withClient(user: "other", password: users[1].password, inboxPrefix: "_INBOX.other") {
                other in
                try await server.withClient(
                    user: "service", password: users[0].password, inboxPrefix: "_INBOX.service"
                ) { service in try await body(server, service, other) }
            }
        }
    }
}

extension NATSClient {
    /// Serves `<prefix>.*` while the body runs, from when the caller is answered.
    fileprivate func echoing(
        _ prefix: String, _ queueGroup: String, for caller: NATSClient, _ body: () async throws -> Void
    ) async throws {
        let responder = try NATSResponder(client: self, subject: "\(prefix).*", queueGroup: queueGroup) {
            NATSReply(payload: $0.payload)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await responder.run() }
            defer { group.cancelAll() }
            try await caller.waitForResponder("\(prefix).ready")
            try await body()
        }
    }
}
