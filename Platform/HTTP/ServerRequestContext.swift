import Events
package import FoundationEssentials
package import Hummingbird
package import NIOCore

/// The request context of our servers: bodies are JSON as everything that crosses a process boundary.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    /// The other end of the connection: a proxy, where there is one.
    package let remoteAddress: SocketAddress?
    /// The connection.
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        channel = source.channel
    }

    package var requestDecoder: JSONDecoder { .wire() }
    package var responseEncoder: JSONEncoder { .wire() }
}
