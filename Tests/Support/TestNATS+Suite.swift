import FoundationEssentials
package import JetStream
import Suite

extension TestNATS {
    /// Runs the body with a server that has the suite's streams, and a client that is connected.
    package static func withSuite(
        provisions: [StreamProvision] = Topology.streams(replicas: 1),
        configure: (inout NATSConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestNATS, NATSClient) async throws -> Void
    ) async throws {
        try await withServer { server in
            try await server.withClient(configure: configure) { client in
                try await client.provision(provisions)
                try await body(server, client)
            }
        }
    }
}

extension NATSClient {
    /// Messages that a stream holds.
    package func messageCount(of stream: String) async throws -> Int {
        struct Info: Decodable {
            struct State: Decodable { let messages: Int }
            let state: State
        }
        return try await ask("$JS.API.STREAM.INFO.\(stream)", as: Info.self).state.messages
    }

    package struct ConsumerProgress: Decodable, Sendable {
        package struct Delivered: Decodable, Sendable {
            /// How often anything was delivered: more than once, where a message came again.
            package let consumer_seq: Int
        }
        package let delivered: Delivered
        /// Delivered and not yet answered.
        package let num_ack_pending: Int
        /// Not yet delivered.
        package let num_pending: Int
    }

    package func progress(of consumer: String, in stream: String) async throws -> ConsumerProgress {
        try await ask("$JS.API.CONSUMER.INFO.\(stream).\(consumer)", as: ConsumerProgress.self)
    }

    /// Removes a stream with all its messages.
    package func deleteStream(_ stream: String) async throws {
        struct Outcome: Decodable { let success: Bool }
        _ = try await ask("$JS.API.STREAM.DELETE.\(stream)", as: Outcome.self)
    }

    private func ask<Answer: Decodable>(_ subject: String, as type: Answer.Type) async throws -> Answer {
        let answer = try await request(NATSOutgoingMessage(subject: subject))
        return try answer.withPayload { try JSONDecoder().decode(type, from: Data($0)) }
    }
}
