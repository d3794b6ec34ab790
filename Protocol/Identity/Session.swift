import Events
package import FoundationEssentials

/// Who acts, for a short time: what a session token says.
package struct Session: Sendable, Equatable {
    package enum Principal: Sendable, Equatable {
        case user(User)
        case program(Program)
    }

    /// Somebody who signed in with GitHub.
    package struct User: Sendable, Equatable {
        package var githubID: Int64
        /// A label, as of the sign-in.
        package var login: String
        /// Random, for the life of the session: ``Session/csrfToken`` is made of it.
        package var csrfSecret: String

        package init(githubID: Int64, login: String, csrfSecret: String) {
            self.githubID = githubID
            self.login = login
            self.csrfSecret = csrfSecret
        }
    }

    /// A program with an API key.
    package struct Program: Sendable, Equatable {
        package var name: String
        package var scopes: [APIScope]

        package init(name: String, scopes: [APIScope]) {
            self.name = name
            self.scopes = scopes
        }
    }

    /// Of the session or the API key; the same in every token of it.
    package var id: UUID
    package var principal: Principal
    package var issuedAt: Date
    package var expiresAt: Date

    package init(id: UUID, principal: Principal, issuedAt: Date, expiresAt: Date) {
        self.id = id
        self.principal = principal
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    package var user: User? { if case .user(let user) = principal { user } else { nil } }

    package func has(_ scope: APIScope) -> Bool {
        if case .program(let program) = principal { program.scopes.contains(scope) } else { false }
    }
}

/// What an API key may be for.
package enum APIScope: String, Codable, Sendable, CaseIterable {
    /// Reads payout orders and acknowledges them.
    case payouts
    /// Reads what anybody may read, with limits of its own.
    case read
}

/// The JSON of a token.
extension Session: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, kind, login, csrf, name, scopes
        case githubID = "github_id"
        case issuedAt = "issued_at"
        case expiresAt = "expires_at"
    }

    private enum Kind: String, Codable { case user, program }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UUID.self, forKey: .id)
        issuedAt = try container.decode(Date.self, forKey: .issuedAt)
        expiresAt = try container.decode(Date.self, forKey: .expiresAt)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .user:
            principal = .user(
                User(
                    githubID: try container.decode(Int64.self, forKey: .githubID),
                    login: try container.decode(String.self, forKey: .login),
                    csrfSecret: try container.decode(String.self, forKey: .csrf)))
        case .program:
            principal = .program(
                Program(
                    name: try container.decode(String.self, forKey: .name),
                    scopes: try container.decode([String].self, forKey: .scopes).compactMap(APIScope.init)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id.wireText, forKey: .id)
        try container.encode(issuedAt, forKey: .issuedAt)
        try container.encode(expiresAt, forKey: .expiresAt)
        switch principal {
        case .user(let user):
            try container.encode(Kind.user, forKey: .kind)
            try container.encode(user.githubID, forKey: .githubID)
            try container.encode(user.login, forKey: .login)
            try container.encode(user.csrfSecret, forKey: .csrf)
        case .program(let program):
            try container.encode(Kind.program, forKey: .kind)
            try container.encode(program.name, forKey: .name)
            try container.encode(program.scopes, forKey: .scopes)
        }
    }
}
