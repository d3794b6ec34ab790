import Events
package import FoundationEssentials
package import Hummingbird
package import NIOCore

/// The request context of our servers: bodies are JSON as everything that crosses a process boundary.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    /// The connection: who is at its other end, whether it is still there; also for answers that are written to many at once.
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The other end of the connection: a proxy, where there is one.
    package var remoteAddress: SocketAddress? { channel.remoteAddress }

    package var requestDecoder: JSONDecoder { .wire() }
    package var responseEncoder: JSONEncoder { .wire() }
}
