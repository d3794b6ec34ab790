import Events

/// A method of a service that others ask over NATS: `rpc.<service>.v1.<name>`, JSON both ways.
package protocol ServiceMethod: Sendable {
    associatedtype Request: Codable & Sendable
    associatedtype Response: Codable & Sendable
    static var service: String { get }
    static var name: String { get }
}

extension ServiceMethod {
    package static var subject: String { Subjects.request(service: service, method: name) }
}

/// A method of the identity service.
package protocol IdentityMethod: ServiceMethod {}

extension IdentityMethod {
    package static var service: String { ServiceName.identity }
}

/// What a request without members carries, and an answer that says no more than that it was done.
package struct Nothing: Codable, Sendable, Equatable {
    package init() {}
}
