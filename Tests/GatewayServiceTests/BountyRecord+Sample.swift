import Events
import FoundationEssentials

extension BountyRecord {
    static let start = Date(timeIntervalSince1970: 1_795_253_400)

    /// A bounty whose id is ordered by `number`.
    static func sample(
        _ number: Int, version: Int = 1, state: State = .proposed, denomination: String = "USDC",
        repository: Repository = .init(id: 10, fullName: "acme/Rocket-Skates"), title: String = "Brakes are missing",
        sponsor: Account = .init(id: 20, login: "Wile-E")
    ) -> BountyRecord {
        BountyRecord(
            id: .numbered(number), version: version, state: state, amount: "250.5", units: "250500000",
            denomination: denomination, decimals: 6, asset: "solana:chain/token:mint", repository: repository,
            issue: .init(
                id: 30, number: 3, title: title, url: "https://github.com/acme/x/issues/3", isPullRequest: false),
            source: .init(kind: .issue, id: 30, url: "https://github.com/acme/x/issues/3"), sponsor: sponsor,
            createdAt: start, updatedAt: start.addingTimeInterval(Double(version)),
            expiresAt: start.addingTimeInterval(86400))
    }
}

extension UUID {
    /// Ordered by `number`, which fits into two bytes.
    static func numbered(_ number: Int) -> UUID {
        UUID(
            uuid: (
                1, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, UInt8(number >> 8), UInt8(truncatingIfNeeded: number)
            ))
    }

    var number: Int { Int(uuid.14) << 8 | Int(uuid.15) }
}
