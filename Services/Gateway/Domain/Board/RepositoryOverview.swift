package import Events

/// A repository as bounties name it, and what stands on it.
package struct RepositoryOverview: Sendable, Equatable {
    package struct Denomination: Sendable, Equatable {
        package let denomination: String
        package let decimals: Int
        package let asset: String
        package let states: [BountyRecord.State: Total]
    }

    package let repository: BountyRecord.Repository
    package let denominations: [Denomination]
}
