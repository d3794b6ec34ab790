import Events
package import FoundationEssentials
package import Hummingbird
package import NIOCore

/// The request context of our servers: bodies are JSON as everything that crosses a process boundary.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    /// The connection, for answers that are written to many at once.
    package let channel: any Channel
    /// Tells when the client goes away; nil where nobody watches it.
    var watch: ClientWatch?
    /// The body has come: nobody has to wait for the client any more.
    package internal(set) var hasWholeBody = false
    /// Of the connection, where it is known already.
    var knownRemoteHost: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The network address of the other end of the connection: a proxy, where there is one.
    package var remoteHost: String? { knownRemoteHost ?? channel.remoteAddress?.ipAddress }

    package var requestDecoder: JSONDecoder { .wire() }
    package var responseEncoder: JSONEncoder { .wire() }
}
