import Events
import FoundationEssentials

/// A version of one bounty, as `Bursar-Version` names it: `bounty/<id>@<version>`.
struct BountyVersion: Sendable, Equatable, CustomStringConvertible {
    let bounty: UUID
    let version: Int

    init(bounty: UUID, version: Int) {
        self.bounty = bounty
        self.version = version
    }

    init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasPrefix("bounty/"),
            let bounty = UUID(wireText: parts[0].dropFirst(7)),
            let version = Int(parts[1]), version > 0
        else { return nil }
        self.init(bounty: bounty, version: version)
    }

    var description: String { "bounty/\(bounty.wireText)@\(version)" }
}
