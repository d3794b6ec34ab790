/// Every problem that our servers answer with: what `/problems/{code}` explains, and the contract refers to.
enum ProblemCatalogue {
    struct Entry: Sendable {
        /// Kebab case: the last part of a problem's `type`.
        let code: String
        let statuses: [Int]
        /// What happened, and what the caller can do.
        let meaning: String

        /// `division-by-zero` is `Division by zero`.
        var title: String {
            let words = code.replacing("-", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }

    static let entries = requests + calculations + people + wallets + bounties + ours

    static func entry(_ code: String) -> Entry? { entries.first { $0.code == code } }

    private static func entry(_ code: String, _ statuses: Int..., meaning: String) -> Entry {
        Entry(code: code, statuses: statuses, meaning: meaning)
    }

    private static let requests = [
        entry(
            "malformed-request", 400,
            meaning: "What came is not HTTP/1.1, or its body is not framed as it says. The connection is closed."),
        entry("bad-request", 400, meaning: "The request cannot be understood."),
        entry(
            "invalid-body", 400,
            meaning:
                "The body is not JSON, or has an unknown member, lacks one, or has one of another type; errors names it."
        ),
        entry(
            "invalid-parameter", 400, meaning: "A query parameter is unknown, repeated or malformed; errors names it."),
        entry("invalid-header", 400, meaning: "A header is malformed; the detail names it and says what it must be."),
        entry("missing-header", 400, meaning: "A header that is needed is missing or malformed; the detail names it."),
        entry(
            "invalid-version", 400,
            meaning: "Bursar-Version must be that of an earlier answer: bounty/<id>@<version>."),
        entry("not-found", 404, meaning: "There is nothing at this address, or nothing with this id."),
        entry("method-not-allowed", 405, meaning: "The address has other methods: the header Allow lists them."),
        entry("not-acceptable", 406, meaning: "Accept does not allow the media type that this address answers with."),
        entry(
            "request-timeout", 408,
            meaning: "The body came too slowly, or not within its deadline. The connection is closed."),
        entry(
            "content-too-large", 413, meaning: "The body is longer than this address takes; the detail says how long."),
        entry("request-too-large", 413, meaning: "The request is larger than the service behind the gateway takes."),
        entry(
            "unsupported-media-type", 415, meaning: "Content-Type must be what the header Accept of the answer says."),
        entry(
            "too-many-requests", 429,
            meaning: "The client's quota is used up: RateLimit and Retry-After say when there is more."),
        entry("headers-too-large", 431, meaning: "The target and the headers are too long, or too many."),
    ]

    private static let calculations = [
        entry("invalid-calculation", 422, meaning: "The calculator does not take the request."),
        entry(
            "malformed", 422,
            meaning: "A text of the request cannot be what it should be, such as a number too long to be one."),
        entry("over-limit", 422, meaning: "A text or a list of the request is longer than its limit."),
        entry(
            "invalid-expression", 422, meaning: "The expression does not follow the grammar; the position says where."),
        entry("unknown-name", 422, meaning: "A name in the expression is neither a function nor a variable."),
        entry(
            "invalid-number", 422, meaning: "A value that should be a number is none, or one that is not allowed there."
        ),
        entry("invalid-variable", 422, meaning: "A variable's name is no name, or that of a function."),
        entry("invalid-precision", 422, meaning: "precision must be from 1 to 10,000 significant digits."),
        entry("invalid-rounding", 422, meaning: "rounding must be one of the rules that the contract lists."),
        entry("invalid-quantile", 422, meaning: "A quantile must be a number from 0 to 1."),
        entry("invalid-units", 422, meaning: "units must be a whole number that is not negative."),
        entry("invalid-weight", 422, meaning: "Weights must not be negative, and not all be zero."),
        entry("invalid-amount", 422, meaning: "The amount is no decimal number, or cannot be one of its denomination."),
        entry("unknown-denomination", 422, meaning: "There is no such denomination: GET /v1/denominations lists them."),
        entry("different-assets", 422, meaning: "The two denominations are not of one asset."),
        entry("empty", 422, meaning: "A list that must not be empty is."),
        entry("mismatched-parts", 422, meaning: "Parts of a summary do not belong together."),
        entry("division-by-zero", 422, meaning: "The expression divides by zero."),
        entry("outside-domain", 422, meaning: "A function has no real value there, such as sqrt(-1)."),
        entry("not-a-number", 422, meaning: "A comparison stands where a number is needed."),
        entry(
            "undecided", 422,
            meaning: "No number of digits within the limit tells on which side of a boundary the value lies."),
        entry("too-long", 422, meaning: "A text of the request is longer than its limit."),
        entry("too-many", 422, meaning: "A list of the request has more entries than its limit."),
        entry("too-deep", 422, meaning: "Parentheses, functions and powers are nested deeper than the limit."),
        entry("too-many-digits", 422, meaning: "A number, in between or in the end, has more digits than the limit."),
        entry(
            "exponent-out-of-range", 422, meaning: "A number is larger, or closer to zero, than the limit of exponents."
        ),
        entry("too-much-work", 422, meaning: "The calculation takes more work than its limit."),
        entry("cancelled", 499, meaning: "Nobody waited for the answer any more."),
    ]

    private static let people = [
        entry("not-signed-in", 401, meaning: "This needs a session or an API key: sign in at /login/github."),
        entry("session-ended", 401, meaning: "The session has ended; sign in again."),
        entry(
            "unknown-key", 401,
            meaning: "Authorization must be Bearer and an API key that is neither revoked nor expired."),
        entry("wrong-signature", 401, meaning: "The webhook's signature is not one under a configured secret."),
        entry("not-a-person", 403, meaning: "Wallets belong to people; an API key cannot do this."),
        entry("missing-scope", 403, meaning: "The API key is not for this; the detail names the scope."),
        entry("wrong-origin", 403, meaning: "The request of a session comes from a page of another site."),
        entry("wrong-csrf-token", 403, meaning: "X-CSRF-Token must be the csrf_token of GET /v1/session."),
        entry("login-denied", 403, meaning: "GitHub did not confirm the sign-in; begin again."),
        entry("login-expired", 403, meaning: "The sign-in took too long; begin again."),
        entry("login-refused", 403, meaning: "GitHub does not take the code, or the account is no person's."),
        entry("wrong-state", 403, meaning: "The sign-in was not begun in this browser; begin again."),
        entry("login-not-configured", 501, meaning: "Signing in is not set up here."),
        entry("github-unavailable", 502, meaning: "GitHub does not answer as it should; try again in a moment."),
    ]

    private static let wallets = [
        entry("unknown-account", 404, meaning: "No account of this name or id has linked a wallet here."),
        entry("unknown-challenge", 404, meaning: "There is no such challenge, or it is long expired."),
        entry("unknown-link", 404, meaning: "The account has no such link."),
        entry("other-account", 403, meaning: "The challenge was made for another account."),
        entry("already-linked", 409, meaning: "This wallet is linked to the account already."),
        entry("wallet-taken", 409, meaning: "This wallet is linked to another account, or waits to be."),
        entry("wallet-not-linked", 409, meaning: "The wallet is not linked to the account; link it first."),
        entry("challenge-used", 409, meaning: "A challenge is good once; ask for another."),
        entry("challenge-outdated", 409, meaning: "The account's wallets changed since; ask for another challenge."),
        entry(
            "change-pending", 409, meaning: "Another wallet of the family waits to take effect; stop that change first."
        ),
        entry("invalid-wallet", 422, meaning: "A wallet is named as namespace:chain:address (CAIP-10)."),
        entry("unsupported-chain", 422, meaning: "Wallets of this chain cannot be linked."),
        entry("unsupported-wallet", 422, meaning: "Wallets of this kind cannot be linked."),
        entry("invalid-address", 422, meaning: "The address is none of its chain."),
        entry("wrong-checksum", 422, meaning: "The checksum of the address is wrong: a letter is."),
        entry("wrong-prefix", 422, meaning: "The address has the prefix of another chain."),
        entry("wrong-chain", 422, meaning: "The bounty's asset is on another chain than the wallet."),
        entry("invalid-terms", 422, meaning: "The terms to be signed have a value that they cannot have."),
        entry("no-previous-wallet", 422, meaning: "There is no earlier wallet whose agreement is needed."),
        entry("challenge-expired", 422, meaning: "The challenge has expired; ask for another."),
        entry("not-yet-valid", 422, meaning: "The challenge is not valid yet."),
        entry("other-domain", 422, meaning: "The challenge was made for another address of this service."),
        entry("other-purpose", 422, meaning: "The challenge was made for another purpose."),
        entry("malformed-signature", 422, meaning: "The signature is not in the form of its wallet's family."),
        entry(
            "malformed-public-key", 422,
            meaning: "The public key is not in the form of its wallet's family, or missing."),
        entry(
            "malleable-signature", 422, meaning: "Of two equivalent signatures only the one with the lower s counts."),
        entry("signature-mismatch", 422, meaning: "The signature is not by this wallet over this text."),
        entry("contract-wallet", 422, meaning: "Contract wallets (EIP-1271) have no key of their own."),
        entry("other-public-key", 422, meaning: "The public key is of another address."),
        entry("too-many-accounts", 413, meaning: "Too many accounts are asked for at a time."),
        entry("too-many-challenges", 429, meaning: "Too many challenges in a short time; try again later."),
        entry("too-many-open-challenges", 429, meaning: "Too many challenges wait for a signature; use one, or wait."),
    ]

    private static let bounties = [
        entry("wrong-link", 403, meaning: "The link is not one of this bounty; take the one in the comment."),
        entry("not-the-sponsor", 403, meaning: "Only the bounty's sponsor can sign it."),
        entry("bounty-changed", 409, meaning: "The bounty is not as it was when the link or the text was made."),
        entry("not-proposed", 409, meaning: "The bounty is not to be signed: the detail says its state."),
        entry("bounty-expired", 409, meaning: "The bounty has expired."),
        entry("other-bounty", 422, meaning: "The challenge was made for another bounty."),
        entry(
            "invalid-transaction", 422,
            meaning: "transaction must be the reference of a transaction, in visible ASCII characters."),
        entry("acknowledged-otherwise", 409, meaning: "The order was acknowledged with another transaction."),
    ]

    private static let ours = [
        entry("internal-error", 500, meaning: "Something went wrong on our side; the request id finds it in the log."),
        entry(
            "unavailable", 503,
            meaning:
                "A part of the service cannot answer now, or there is too much to do: Retry-After says when to try again."
        ),
        entry("deadline-exceeded", 504, meaning: "The answer did not come in time; ask for less, or with more time."),
    ]
}
