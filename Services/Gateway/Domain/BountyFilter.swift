package import Events

/// What a list is narrowed to; every part that is given must hold. Text is compared without case.
package struct BountyFilter: Sendable, Equatable {
    /// `owner/name`, or the repository's GitHub id.
    package var repository: Label?
    package var state: BountyRecord.State?
    package var denomination: String?
    /// Login, or GitHub id.
    package var sponsor: Label?
    /// Part of the repository's name, the issue's title or the sponsor's login.
    package var text: String?

    package init(
        repository: Label? = nil, state: BountyRecord.State? = nil, denomination: String? = nil, sponsor: Label? = nil,
        text: String? = nil
    ) {
        self.repository = repository
        self.state = state
        self.denomination = denomination?.lowercased()
        self.sponsor = sponsor
        self.text = text?.lowercased()
    }

    /// A name that may change, or the id that does not.
    package enum Label: Sendable, Equatable {
        case id(Int64)
        case name(String)

        package init(_ text: String) {
            self = Int64(text).flatMap { String($0) == text ? .id($0) : nil } ?? .name(text.lowercased())
        }

        func matches(id: Int64, name: String) -> Bool {
            switch self {
            // GitHub allows logins and names made of digits alone.
            case .id(let wanted): wanted == id || String(wanted) == name
            case .name(let wanted): wanted == name.lowercased()
            }
        }
    }

    func matches(_ bounty: BountyRecord) -> Bool {
        if let state, bounty.state != state { return false }
        if let denomination, bounty.denomination.lowercased() != denomination { return false }
        if let repository, !repository.matches(id: bounty.repository.id, name: bounty.repository.fullName) {
            return false
        }
        if let sponsor, !sponsor.matches(id: bounty.sponsor.id, name: bounty.sponsor.login) { return false }
        guard let text else { return true }
        return [bounty.repository.fullName, bounty.issue.title, bounty.sponsor.login].contains {
            $0.lowercased().contains(text)
        }
    }
}
