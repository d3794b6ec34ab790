import JetStream
import NIOCore
import TestSupport
import Testing

/// Runs the body with a server that has a stream `S` for `s.>`, and a client that is connected.
func withStream(
    _ change: (inout StreamSpecification) -> Void = { _ in }, consumers: [ConsumerSpecification] = [],
    configure: (inout NATSConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (TestNATS, NATSClient) async throws -> Void
) async throws {
    var stream = StreamSpecification(name: "S", subjects: ["s.>"])
    stream.discard = .new
    change(&stream)
    let specification = stream
    try await TestNATS.withServer { server in
        try await server.withClient(configure: configure) { client in
            try await client.provision([StreamProvision(specification, consumers: consumers)])
            try await body(server, client)
        }
    }
}

extension NATSClient {
    @discardableResult
    func store(
        _ subject: String, _ text: String, timeout: Duration? = nil
    ) async throws(NATSError) -> PublishAcknowledgement {
        try await store(NATSOutgoingMessage(subject: subject, payload: ByteBuffer(string: text)), timeout: timeout)
    }

    /// What storing fails with; nil where it does not.
    func storeError(_ subject: String, timeout: Duration? = nil) async -> NATSError? {
        do throws(NATSError) {
            try await store(subject, "", timeout: timeout)
            return nil
        } catch {
            return error
        }
    }
}
