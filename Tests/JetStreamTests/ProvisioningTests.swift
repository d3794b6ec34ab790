import JetStream
import TestSupport
import Testing

@Suite("Provisioning")
struct ProvisioningTests {
    private static var wanted: StreamProvision {
        var stream = StreamSpecification(name: "W", subjects: ["w.>"])
        stream.retention = .workQueue
        stream.discard = .new
        stream.maximumBytes = 1 << 30
        stream.maximumAge = .seconds(3_600)
        stream.maximumMessageSize = 30 << 20
        var first = ConsumerSpecification(durable: "first")
        first.filterSubjects = ["w.a"]
        first.ackWait = .seconds(60)
        var second = ConsumerSpecification(durable: "second")
        second.filterSubjects = ["w.b", "w.c.>"]
        second.backoff = [.seconds(1), .seconds(5)]
        second.maximumDeliveries = 5
        second.inactiveThreshold = .seconds(3_600)
        return StreamProvision(stream, consumers: [first, second])
    }

    @Test func doingItAgainChangesNothing() async throws {
        try await withClient { client in
            let plain = StreamProvision(
                StreamSpecification(name: "P", subjects: ["p"]), consumers: [ConsumerSpecification(durable: "c")])
            let provisions = [Self.wanted, plain]
            let first = try await client.provision(provisions)
            #expect(first.map(\.action) == [.created, .created, .created, .created, .created])
            let second = try await client.provision(provisions)
            #expect(second.map(\.action) == [.unchanged, .unchanged, .unchanged, .unchanged, .unchanged])
            #expect(second.map(\.consumer) == [nil, "first", "second", nil, "c"])
        }
    }

    @Test func whatDiffersIsUpdated() async throws {
        try await withClient { client in
            try await client.provision([Self.wanted])
            var changed = Self.wanted
            changed.stream.maximumBytes = 2 << 30
            changed.stream.subjects.append("w2.>")
            changed.consumers[0].ackWait = .seconds(5)
            changed.consumers[0].filterSubjects = ["w.a", "w.d"]
            let steps = try await client.provision([changed])
            #expect(
                steps.map(\.action) == [
                    .updated(fields: ["max_bytes", "subjects"]), .updated(fields: ["ack_wait", "filter_subjects"]),
                    .unchanged,
                ])
            #expect(try await client.provision([changed]).allSatisfy { $0.action == .unchanged })
        }
    }

    @Test func whatIsFixedIsAnErrorThatNamesIt() async throws {
        try await withClient { client in
            try await client.provision([Self.wanted])
            var changed = Self.wanted
            changed.stream.retention = .limits
            await #expect {
                try await client.provision([changed])
            } throws: {
                guard case NATSError.cannotChange("W", nil, "retention", _) = $0 else { return false }
                return true
            }
            changed = Self.wanted
            changed.consumers[1].ackPolicy = .none
            await #expect {
                try await client.provision([changed])
            } throws: {
                guard case NATSError.cannotChange("W", "second", "ack_policy", _) = $0 else { return false }
                return true
            }
        }
    }

    @Test func whatTheServerRefusesToChangeNamesTheFields() async throws {
        try await withClient { client in
            try await client.provision([
                Self.wanted, StreamProvision(StreamSpecification(name: "P", subjects: ["p"])),
            ])
            var changed = Self.wanted
            changed.stream.subjects = ["w.>", "p"]
            await #expect {
                try await client.provision([changed])
            } throws: {
                guard case NATSError.cannotChange("W", nil, "subjects", _) = $0 else { return false }
                return true
            }
        }
    }

    @Test func twoProvisionersAtOnceAgree() async throws {
        try await withClient { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await client.provision([Self.wanted]) } }
                try await group.waitForAll()
            }
            #expect(try await client.provision([Self.wanted]).allSatisfy { $0.action == .unchanged })
        }
    }

    @Test func aServerThatIsNotThereYetIsWaitedFor() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                await server.stop()
                let provisioning = Task { try await client.provision([Self.wanted]) }
                try await server.start()
                let steps = try await provisioning.value
                #expect(steps.count == 3)
            }
        }
    }

    @Test func waitingForAServerHasAnEnd() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                await server.stop()
                await #expect(throws: NATSError.disconnected) {
                    try await client.provision([Self.wanted], timeout: .milliseconds(200))
                }
            }
        }
    }

    @Test(arguments: ["", "a b", "a.b", "a*", "a/b"])
    func aNameThatIsNoNameIsRefused(_ name: String) async throws {
        try await withClient { client in
            await #expect(throws: NATSError.invalidSubject(name)) {
                try await client.provision([StreamProvision(StreamSpecification(name: name, subjects: ["x"]))])
            }
        }
    }

    private func withClient(_ body: @escaping @Sendable (NATSClient) async throws -> Void) async throws {
        try await TestNATS.withServer { try await $0.withClient(body) }
    }
}
