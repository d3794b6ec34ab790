import Events
import FoundationEssentials
import GatewayDomain
import HTTP

/// Which events a client is told of; every part that is given must hold.
struct EventFilter: Sendable, Hashable {
    /// Of CloudEvents; empty for all.
    var types: Set<String> = []
    /// `owner/name`, or the repository's GitHub id.
    var repository: BountyFilter.Label?
    /// Login, or GitHub id.
    var sponsor: BountyFilter.Label?
    var bounty: UUID?

    func matches(_ event: LiveEvent) -> Bool {
        if !types.isEmpty, !types.contains(event.type) { return false }
        guard repository != nil || sponsor != nil || bounty != nil else { return true }
        guard let facts = event.bounty else { return false }
        if let bounty, facts.id != bounty { return false }
        if let repository, !repository.matches(id: facts.repository.id, name: facts.repository.fullName) {
            return false
        }
        if let sponsor, !sponsor.matches(id: facts.sponsor.id, name: facts.sponsor.login) { return false }
        return true
    }
}

extension EventFilter {
    static let parameters: Set<String> = ["type", "repository", "sponsor", "bounty"]
    private static let knownTypes = BountyEvent.types + IdentityEvent.publicKinds.map(\.rawValue)

    init(_ query: Query) throws(Problem) {
        for type in (query.text("type") ?? "").split(separator: ",").map(String.init) {
            guard Self.knownTypes.contains(type) else {
                throw .invalidParameter(
                    "type",
                    expectation: "one or more of these, with commas between: \(Self.knownTypes.joined(separator: ", "))"
                )
            }
            types.insert(type)
        }
        repository = query.text("repository").map { .init($0) }
        sponsor = query.text("sponsor").map { .init($0) }
        if let text = query.text("bounty") {
            guard let id = UUID(wireText: text) else {
                throw .invalidParameter("bounty", expectation: "the id of a bounty")
            }
            bounty = id
        }
    }
}
