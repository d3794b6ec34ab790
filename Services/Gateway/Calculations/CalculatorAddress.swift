package import Logging
import NIOCore
package import ServiceRuntime
import Suite
package import WireClient
import WireTransport

/// Where the calculator answers, and how to speak to it.
package struct CalculatorAddress: Sendable, CustomStringConvertible {
    package static let address = Setting<String>(
        "calculator.rpc.address", "Host and port of the calculator; all addresses of the host are used.",
        expectation: "a host and a port such as calculator:7400", default: "127.0.0.1:7400"
    ) { Self.split($0) == nil ? nil : $0 }

    package static let settings = [address.description] + MutualTLS.settings

    package let description: String
    private let resolver: any AddressResolver
    private let tls: MutualTLS?

    /// - Parameter resolver: Says where it is in place of ``address``.
    package init(
        _ resolver: any AddressResolver, description: String, _ settings: Settings
    ) throws(ConfigurationError) {
        self.resolver = resolver
        self.description = description
        tls = try MutualTLS.find(settings, side: .client)
    }

    package init(_ settings: Settings) throws(ConfigurationError) {
        let text = try settings.require(Self.address)
        guard let (host, port) = Self.split(text) else {
            throw ConfigurationError(Self.address.description, problem: .malformed)
        }
        try self.init(HostAddresses(host: host, port: port), description: text, settings)
    }

    /// `host:port`, or `[address]:port`.
    private static func split(_ text: String) -> (host: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        return host.isEmpty ? nil : (String(host), Int(port))
    }

    package func clients(logger: Logger) throws -> RPCClients {
        try RPCClients(name: "calculator", resolver: resolver, tls: tls, logger: logger)
    }

    /// Runs the body with a client, which is stopped afterwards.
    package func withClient<Result: Sendable>(
        logger: Logger, _ body: (RPCClient) async throws -> Result
    ) async throws -> Result {
        let client = try RPCClient(name: "calculator", resolver: resolver, tls: tls, logger: logger)
        let run = Task { try await client.run() }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        run.cancel()
        _ = await run.result
        return try outcome.get()
    }
}
