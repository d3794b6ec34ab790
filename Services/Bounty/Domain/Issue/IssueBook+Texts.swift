package import Events
package import FoundationEssentials
import Money

extension IssueBook {
    package enum TextOutcome: Sendable, Equatable {
        case applied
        /// A newer revision of the text is known.
        case stale
        case afterDeletion
        case bot
        case foreignEdit
        /// What cannot be read changes nothing that stands.
        case unreadable
    }

    /// A text was written or edited.
    package mutating func write(_ text: TextReading, _ terms: Terms) throws -> TextOutcome {
        let revision = text.revision
        let key = TextKey(revision.source)
        guard !history(of: key).isDeleted, !isGone(revision) else { return .afterDeletion }
        see(revision.place)
        switch revision.standing {
        case .bot: return .bot
        case .foreignEdit:
            refuseForeignEdit(text)
            return .foreignEdit
        case .authors: break
        }
        try recognize(revision.source, terms)
        let arrival = history(of: key).arrival(
            updatedAt: revision.updatedAt, bodyDigest: text.digest, previousDigest: text.previousDigest)
        if revision.change == .created, !history(of: key).isCreationSeen {
            var known = history(of: key)
            known.isCreationSeen = true
            save(known, of: key)
            obey(text.commands, of: revision, isEdited: arrival != .new, terms)
        }
        guard arrival == .new else {
            try evaluate(terms)
            return .stale
        }
        let outcome = try applyNewest(text, terms)
        try evaluate(terms)
        return outcome
    }

    private mutating func applyNewest(_ text: TextReading, _ terms: Terms) throws -> TextOutcome {
        let revision = text.revision
        let key = TextKey(revision.source)
        var known = history(of: key)
        let isFirst = known.updatedAt == TextHistory.unknown.updatedAt
        known.updatedAt = revision.updatedAt
        known.bodyDigest = text.digest
        save(known, of: key)
        if !isFirst {
            changes.notices.append(.clear(key))
            for claim in claims.values where claim.source.map(TextKey.init) == key { silence(claim.key) }
        }
        for refusal in text.refusals { refuse(refusal, revision.source, revision.sender.account) }
        if text.hasUnknownDenomination {
            changes.reactions.append(.init(source: revision.source, reaction: .refused))
            changes.silentRefusals.append("unknown-denomination")
        }
        guard let wanted = text.wanted else { return .unreadable }
        let existing = bounties(of: key)
        let steps = try Self.steps(wanted: wanted, existing: existing, revision: revision, terms)
        for step in steps { take(step) }
        if steps.contains(where: { $0.bounty.version == 1 }) {
            changes.reactions.append(.init(source: revision.source, reaction: .seen))
        }
        if Self.leavesOutSigned(existing, wanted) {
            tell(.signedStands, revision.source, revision.sender.account)
        }
        return .applied
    }

    /// Told where the edit would have made or changed a bounty, unless its author wrote again since. Nothing of it is remembered:
    /// what the author wrote counts, also where that comes later.
    private mutating func refuseForeignEdit(_ text: TextReading) {
        let revision = text.revision
        guard text.changesInVain, revision.updatedAt >= history(of: TextKey(revision.source)).updatedAt else { return }
        refuse(.foreignEdit, revision.source, revision.sender.account)
    }

    /// A text is gone: what was proposed in it is cancelled, and no later revision of it counts. With an issue go the texts
    /// of all its comments.
    package mutating func delete(
        _ source: BountyRecord.Source, updatedAt: Date, by actor: BountyRecord.Account, at place: IssuePlace,
        _ terms: Terms
    ) throws -> TextOutcome {
        let key = TextKey(source)
        var known = history(of: key)
        guard !known.isDeleted else { return .afterDeletion }
        see(place)
        try recognize(source, terms)
        let isFirst = known.updatedAt == TextHistory.unknown.updatedAt && !known.isCreationSeen
        known.updatedAt = updatedAt
        known.bodyDigest = []
        known.isDeleted = true
        save(known, of: key)
        let isIssue = source.kind == .issue
        let gone = isIssue ? bounties : bounties(of: key)
        if !isFirst { changes.notices.append(.clear(key)) }
        for bounty in gone where bounty.state == .proposed {
            take(try bounty.cancel(TextKey(bounty.source) == key ? .textDeleted : .issueDeleted, at: terms.now))
        }
        if !isIssue, gone.contains(where: { $0.state == .active }) { tell(.signedStands, source, actor) }
        return .applied
    }

    /// A transfer copies comments, with ids that nobody tells of. One that was never heard of, and was made in the very second in
    /// which a comment elsewhere was that a bounty came here from, is its copy.
    private mutating func recognize(_ source: BountyRecord.Source, _ terms: Terms) throws {
        guard source.kind == .issueComment, let time = source.createdAt, history(of: TextKey(source)) == .unknown else {
            return
        }
        let copied = bounties.filter { bounty in
            bounty.source.kind == .issueComment && bounty.source.createdAt == time && bounty.source.id != source.id
                && !bounty.source.url.hasPrefix(bounty.issue.url + "#")
        }
        for bounty in copied {
            let event = try bounty.move(to: bounty.repository, issue: bounty.issue, source: source, at: terms.now)
            if let event { take(event) }
        }
    }

    /// Whether the text went with its issue or its repository.
    private func isGone(_ revision: TextRevision) -> Bool {
        if let repositoryDeletedAt, revision.updatedAt <= repositoryDeletedAt { return true }
        return history(of: TextKey(kind: .issue, id: revision.issue.id)).isDeleted
    }

    mutating func refuse(_ refusal: Refusal, _ source: BountyRecord.Source, _ actor: BountyRecord.Account) {
        tell(refusal, source, actor)
        changes.reactions.append(.init(source: source, reaction: .refused))
    }

    mutating func tell(_ refusal: Refusal, _ source: BountyRecord.Source, _ actor: BountyRecord.Account) {
        changes.notices.append(.add(source, actor: actor, refusal))
    }

    /// Whether a signed bounty is not in the text any more as it was signed.
    private static func leavesOutSigned(_ existing: [BountyRecord], _ wanted: [Money]) -> Bool {
        var rest = wanted.map { "\($0.denomination.symbol) \($0.amount.units)" }
        for bounty in existing where bounty.state == .active {
            guard let index = rest.firstIndex(of: "\(bounty.denomination) \(bounty.units)") else { return true }
            rest.remove(at: index)
        }
        return false
    }

    private static func steps(
        wanted: [Money], existing: [BountyRecord], revision: TextRevision, _ terms: Terms
    ) throws -> [BountyEvent] {
        let byID = Dictionary(existing.map { ($0.id, $0) }) { first, _ in first }
        let changes = TextReconciliation.changes(
            wanted: wanted.map { .init(denomination: $0.denomination.symbol, amount: $0.amount) },
            existing: try existing.map { bounty in
                .init(
                    id: bounty.id, state: bounty.state,
                    money: .init(denomination: bounty.denomination, amount: try Amount(units: bounty.units)))
            })
        return try changes.compactMap { change in
            switch change {
            case .propose(let index):
                .propose(
                    id: .version7(at: terms.now), money: wanted[index], in: revision, at: terms.now,
                    lifetime: terms.lifetime)
            case .change(let id, let index):
                try byID[id]?.change(to: wanted[index], in: revision, at: terms.now)
            case .cancel(let id):
                try byID[id]?.cancel(.textEdited, at: terms.now)
            }
        }
    }
}
