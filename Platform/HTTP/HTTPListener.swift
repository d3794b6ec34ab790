package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceRuntime
import Synchronization

/// One HTTP/1.1 server as a service: bound at once, answering until graceful shutdown, then finishing what is in flight.
package struct HTTPListener: Service {
    /// Connections waiting to be accepted. As Linux's `somaxconn`.
    static let backlog = 4096

    private let name: String
    private let address: HTTPAddress
    private let responder: RouterResponder<ServerRequestContext>
    private let limits: ConnectionLimits
    private let answers: ProblemAnswers
    private let logger: Logger
    private let onBound: @Sendable (HTTPAddress) async -> Void

    /// - Parameters:
    ///   - name: For the log and errors: the configuration key of the port.
    ///   - answers: To what never becomes a request.
    ///   - onBound: Called once with the address that was bound.
    package init(
        name: String, host: String, port: Int, router: Router<ServerRequestContext>,
        answers: ProblemAnswers = ProblemAnswers(publicURL: ""), limits: ConnectionLimits = ConnectionLimits(),
        logger: Logger,
        onBound: @escaping @Sendable (HTTPAddress) async -> Void = { _ in }
    ) {
        self.name = name
        self.address = HTTPAddress(host: host, port: port)
        self.responder = router.buildResponder()
        self.answers = answers
        self.limits = limits
        self.logger = logger
        self.onBound = onBound
    }

    /// - Throws: ``ListenError`` where the port cannot be bound.
    package func run() async throws {
        let isBound = Atomic(false)
        let server = Server(
            childChannelSetup: HTTPConnection(responder: responder, limits: limits, answers: answers),
            configuration: .init(address: .hostname(address.host, port: address.port), backlog: Self.backlog),
            onServerRunning: { channel in
                isBound.store(true, ordering: .relaxed)
                let bound = HTTPAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
                logger.info("listening", metadata: ["host": "\(bound.host)", "port": "\(bound.port)"])
                await onBound(bound)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        do {
            try await server.run()
        } catch let error as SocketAddressError.UnknownHost {
            throw ListenError(name: name, address: address, unknownHost: error)
        } catch let error as IOError where !isBound.load(ordering: .relaxed) {
            throw ListenError(name: name, address: address, cause: error)
        }
    }
}

/// Where a server answers.
package struct HTTPAddress: Sendable, Equatable {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// For people and programs on this machine: an unspecified address is reached by loopback.
    package var url: String {
        let reachable = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        return reachable.contains(":") ? "http://[\(reachable)]:\(port)" : "http://\(reachable):\(port)"
    }
}
