import Encodings
import ServiceRuntime

/// How to reach the broker. Only a configuration that was checked exists.
package struct NATSConfiguration: Sendable {
    /// The longest time between two attempts to connect.
    package static let maximumReconnectDelay: Duration = .seconds(5)
    /// The port of a URL that has none.
    package static let defaultPort = 4222

    /// `nats://host:port` or `tls://host:port`, without credentials: these can be logged.
    package let servers: [String]
    /// What the server's monitoring shows.
    package let clientName: String
    /// The first part of every inbox subject, so that permissions can tell one service's inboxes from another's.
    package let inboxPrefix: String
    let user: String?
    let password: String?

    /// One attempt to connect. Default 5 s.
    package var connectTimeout: Duration = .seconds(5)
    /// A request without a timeout of its own. Default 5 s.
    package var requestTimeout: Duration = .seconds(5)
    /// From a publish to its acknowledgement; the server writes to disk before it acknowledges. Default 5 s.
    package var publishTimeout: Duration = .seconds(5)
    /// At shutdown: for the answers that are still to come, and again for closing. Default 5 s.
    package var drainTimeout: Duration = .seconds(5)
    /// Calls that may wait for an answer at once. A further one is refused. Default 8,192, about 10 MB of state.
    package var maximumPendingCalls = 8_192
    /// Bytes that may wait to be written to the server. Bounds memory while it reads slowly. Default 128 MiB.
    package var maximumOutgoingBytes = 128 << 20
    /// What is sent waits up to a millisecond for more, to be written together: each a little later, and a fifth more of
    /// them a second. Default false.
    package var gathersWrites = false

    /// - Parameters:
    ///   - url: One URL, or several separated by commas: `nats://user:password@host:4222`. Credentials may be
    ///     percent-encoded, and are the same in all URLs that have any.
    ///   - user, password: Used where the URL has no credentials.
    /// - Throws: ``NATSError/invalidConfiguration(field:reason:)``. No secret is part of it.
    package init(
        url: String, user: String? = nil, password: String? = nil, clientName: String, inboxPrefix: String = "_INBOX"
    ) throws(NATSError) {
        var servers: [String] = []
        var credentials: (user: String, password: String?)?
        for part in url.split(separator: ",", omittingEmptySubsequences: false) {
            let server = try NATSServerURL(part)
            servers.append(server.address)
            guard let user = server.user else { continue }
            if let credentials, credentials != (user, server.password) {
                throw .invalidConfiguration(field: "url", reason: "has different credentials for different servers")
            }
            credentials = (user, server.password)
        }
        guard Set(servers.map { $0.hasPrefix("tls:") }).count == 1 else {
            throw .invalidConfiguration(field: "url", reason: "mixes nats:// and tls://")
        }
        guard !clientName.isEmpty else { throw .invalidConfiguration(field: "client name", reason: "is empty") }
        guard NATSSubject.isLiteral(inboxPrefix) else {
            throw .invalidConfiguration(field: "inbox prefix", reason: "is not a subject without wildcards")
        }
        self.servers = servers
        self.user = credentials?.user ?? user
        self.password = credentials == nil ? password : credentials?.password
        self.clientName = clientName
        self.inboxPrefix = inboxPrefix
    }

    var isSecure: Bool { servers.first?.hasPrefix("tls:") ?? false }
}

/// One URL of the list.
private struct NATSServerURL {
    var address: String
    var user: String?
    var password: String?

    init(_ part: some StringProtocol) throws(NATSError) {
        func malformed(_ reason: String) -> NATSError { .invalidConfiguration(field: "url", reason: reason) }
        var rest = String(part).trimmed
        var scheme = "nats"
        if let separator = rest.firstRange(of: "://") {
            scheme = rest[..<separator.lowerBound].lowercased()
            rest = String(rest[separator.upperBound...])
        }
        guard scheme == "nats" || scheme == "tls" else { throw malformed("must start with nats:// or tls://") }
        if let at = rest.lastIndex(of: "@") {
            let userInfo = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            rest = String(rest[rest.index(after: at)...])
            guard let user = userInfo[0].percentDecoded, !user.isEmpty else {
                throw malformed("has malformed credentials")
            }
            self.user = user
            if userInfo.count == 2 {
                guard let password = userInfo[1].percentDecoded else { throw malformed("has malformed credentials") }
                self.password = password
            }
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        var host = rest[...]
        var port = NATSConfiguration.defaultPort
        // The colon of the port comes after the bracket of an IPv6 address.
        if let colon = rest.lastIndex(of: ":"), rest.lastIndex(of: "]").map({ $0 < colon }) ?? true {
            host = rest[..<colon]
            guard let number = Int(digits: rest[rest.index(after: colon)...]), 1...65_535 ~= number else {
                throw malformed("has a port that is not 1 to 65535")
            }
            port = number
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "/?#@".contains($0) }) else {
            throw malformed("has no host, or more than a host and a port")
        }
        address = "\(scheme)://\(host):\(port)"
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
