import Events

/// A method of the identity service: `rpc.identity.v1.<name>`, JSON both ways.
package protocol IdentityMethod: Sendable {
    associatedtype Request: Codable & Sendable
    associatedtype Response: Codable & Sendable
    static var name: String { get }
}

extension IdentityMethod {
    package static var subject: String { Subjects.request(service: ServiceName.identity, method: name) }
}

/// What a request without members carries, and an answer that says no more than that it was done.
package struct Nothing: Codable, Sendable, Equatable {
    package init() {}
}
