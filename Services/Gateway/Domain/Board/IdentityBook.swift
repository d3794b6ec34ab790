package import Events
import HashTreeCollections

/// The public part of accounts: their labels and active wallets. What waits for its time is their own business.
package struct IdentityBook: Sendable {
    private var byID: TreeDictionary<Int64, IdentityRecord> = [:]
    /// By login in lower case: the account that linked a wallet under it first. Who has the login on GitHub now may be somebody else.
    private var claims: TreeDictionary<String, Int64> = [:]

    package var count: Int { byID.count }

    package subscript(id: Int64) -> IdentityRecord? { byID[id] }

    /// - Parameter text: A GitHub id, or a login, with an `@` where it could be taken for a number.
    package func find(_ text: String) -> IdentityRecord? {
        if let id = Int64(text), text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return byID[id]
        }
        return claims[(text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()].flatMap { byID[$0] }
    }

    /// Events may come twice or late: a version that is known, or older, changes nothing.
    mutating func apply(_ event: IdentityEvent) {
        let identity = event.identity
        let account = identity.github.id
        let known = byID[account]
        guard identity.version > known?.version ?? 0 else { return }
        byID[account] = identity.publicPart
        if event.kind == .erased {
            for (login, owner) in claims where owner == account { claims[login] = nil }
        } else if let login = identity.github.login?.lowercased(), claims[login] == nil {
            claims[login] = account
        }
    }
}

extension IdentityRecord {
    /// With active wallets alone.
    package var publicPart: IdentityRecord {
        var part = self
        part.links.removeAll { $0.state != .active }
        return part
    }
}
