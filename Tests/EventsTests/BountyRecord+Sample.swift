import Events
import FoundationEssentials

extension BountyRecord {
    /// A proposed bounty, each of its members with a value of its own.
    static func sample(wallet: String? = nil, shares: [Share] = []) throws -> BountyRecord {
        BountyRecord(
            id: try uuid("01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0"), version: 3, state: .proposed, amount: "250.5",
            units: "250500000", denomination: "USDC", decimals: 6, asset: "solana:chain/token:mint",
            repository: .init(id: 9_007_199_254_740_993, fullName: "acme/rocket-skates"),
            issue: .init(
                id: .max, number: 12, title: "Skates \"won't\" brake \u{1F6FC}",
                url: "https://github.com/acme/rocket-skates/pull/12", isPullRequest: true),
            source: .init(
                kind: .issueComment, id: 77, url: "https://github.com/acme/rocket-skates/pull/12#issuecomment-77"),
            sponsor: .init(id: 501, login: "wile-e"), wallet: wallet, createdAt: try time("2026-11-21T09:30:00.000Z"),
            updatedAt: try time("2026-11-21T09:30:01.250Z"), expiresAt: try time("2027-11-21T09:30:00.000Z"),
            shares: shares)
    }

    private static func uuid(_ text: String) throws -> UUID {
        guard let uuid = UUID(uuidString: text) else { throw SampleError(text: text) }
        return uuid
    }

    private static func time(_ text: String) throws -> Date {
        guard let time = Date(wireText: text) else { throw SampleError(text: text) }
        return time
    }

    private struct SampleError: Error { var text: String }
}
