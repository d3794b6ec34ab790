package import FoundationEssentials

/// Begins a sign-in with GitHub.
package enum BeginLogin: IdentityMethod {
    package static let name = "begin-login"

    package struct Request: Codable, Sendable {
        /// Where to go afterwards: a path of ours.
        package var returnTo: String?
        package init(returnTo: String?) { self.returnTo = returnTo }

        enum CodingKeys: String, CodingKey { case returnTo = "return_to" }
    }

    package struct Response: Codable, Sendable {
        /// Of GitHub's page.
        package var url: String
        /// For a cookie of this browser, which the answer of GitHub has to come with.
        package var attempt: String
        /// Seconds.
        package var maxAge: Int
        package init(url: String, attempt: String, maxAge: Int) {
            self.url = url
            self.attempt = attempt
            self.maxAge = maxAge
        }

        enum CodingKeys: String, CodingKey {
            case url, attempt
            case maxAge = "max_age"
        }
    }
}

/// Ends a sign-in with what GitHub sent the browser back with.
package enum CompleteLogin: IdentityMethod {
    package static let name = "complete-login"

    package struct Request: Codable, Sendable {
        package var code: String
        package var state: String
        package var attempt: String
        package init(code: String, state: String, attempt: String) {
            self.code = code
            self.state = state
            self.attempt = attempt
        }
    }

    package struct Response: Codable, Sendable {
        package var session: IssuedSession
        package var returnTo: String
        package init(session: IssuedSession, returnTo: String) {
            self.session = session
            self.returnTo = returnTo
        }

        enum CodingKeys: String, CodingKey {
            case session
            case returnTo = "return_to"
        }
    }
}

package struct IssuedSession: Codable, Sendable {
    package var token: String
    /// When the session ends, however often its token is renewed.
    package var endsAt: Date
    package init(token: String, endsAt: Date) {
        self.token = token
        self.endsAt = endsAt
    }

    enum CodingKeys: String, CodingKey {
        case token
        case endsAt = "ends_at"
    }
}

/// Another token of the same session, while it has not ended. The old token may have expired.
package enum RenewSession: IdentityMethod {
    package static let name = "renew-session"

    package struct Request: Codable, Sendable {
        package var token: String
        package init(token: String) { self.token = token }
    }

    package typealias Response = IssuedSession
}

/// Ends the session of a token.
package enum EndSession: IdentityMethod {
    package static let name = "end-session"
    package typealias Request = RenewSession.Request
    package typealias Response = Nothing
}

/// A token for an API key.
package enum ExchangeAPIKey: IdentityMethod {
    package static let name = "exchange-key"

    package struct Request: Codable, Sendable {
        package var key: String
        package init(key: String) { self.key = key }
    }

    package struct Response: Codable, Sendable {
        package var token: String
        package init(token: String) { self.token = token }
    }
}

/// The keys that tokens are verified with.
package enum PublishedKeys: IdentityMethod {
    package static let name = "session-keys"
    package typealias Request = Nothing

    package struct Response: Codable, Sendable {
        package var keys: [SessionPublicKey]
        package init(keys: [SessionPublicKey]) { self.keys = keys }
    }
}
