import Events
package import FoundationEssentials
package import Hummingbird

/// The request context of our servers: bodies are JSON as everything that crosses a process boundary.
package struct ServerRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    package var requestDecoder: JSONDecoder { .wire() }
    package var responseEncoder: JSONEncoder { .wire() }
}
