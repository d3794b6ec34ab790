import Events
import FoundationEssentials

extension IssueBook {
    /// Something happened that asks for a step. The same claim again is one.
    package mutating func claim(_ claim: Claim, at place: IssuePlace, _ terms: Terms) throws {
        see(place)
        guard claims[claim.key] == nil else { return }
        save(claim)
        try evaluate(terms)
    }

    /// GitHub was asked.
    package mutating func answer(_ key: Claim.Key, _ answer: Claim.Answer, _ terms: Terms) throws {
        guard var claim = claims[key], claim.answer == nil else { return }
        claim.answer = answer
        // What was asked in time counts, however long the answer took.
        claim.until = max(claim.until, terms.now.addingTimeInterval(1))
        save(claim)
        try evaluate(terms)
    }

    /// Takes the steps that standing claims ask for, in the order in which they happened.
    package mutating func evaluate(_ terms: Terms) throws {
        let standing = claims.values.filter { $0.until > terms.now }
            .sorted { ($0.at, $0.id, $0.kind.rawValue) < ($1.at, $1.id, $1.kind.rawValue) }
        for claim in standing {
            switch claim.kind {
            case .cancel: try cancel(claim, terms)
            case .merge, .closing, .award: try award(claim, terms)
            case .reopening: break
            }
        }
    }

    /// The commands of a new comment.
    mutating func obey(_ commands: [BountyCommand], of revision: TextRevision, isEdited: Bool, _ terms: Terms) {
        let (source, actor) = (revision.source, revision.sender.account)
        for command in commands {
            var kind = Claim.Kind.cancel
            var named: [Claim.Recipient] = []
            switch command {
            case .help:
                if !isEdited { tell(.help, source, actor) }
                continue
            case .malformed(let refusal):
                if !isEdited { refuse(refusal, source, actor) }
                continue
            case .cancel: break
            case .award(let recipients): (kind, named) = (.award, recipients)
            }
            var claim = Claim(
                kind: kind, id: source.id, actor: actor, at: source.createdAt ?? revision.updatedAt,
                until: terms.claimsUntil, source: source, named: named)
            claim.isSilent = isEdited
            // One of a kind counts: the first.
            if claims[claim.key] == nil { save(claim) }
        }
    }

    mutating func silence(_ key: Claim.Key) {
        guard var claim = claims[key], !claim.isSilent else { return }
        claim.isSilent = true
        claim.refusal = nil
        save(claim)
    }

    // MARK: - Cancelling

    private mutating func cancel(_ claim: Claim, _ terms: Terms) throws {
        var claim = claim
        let covered = bounties.filter { claim.covers($0) }
        for bounty in covered where bounty.isOpen && bounty.sponsor.id == claim.actor.id {
            take(try bounty.cancel(.command, at: terms.now))
            claim.hits += 1
        }
        let isOthers = covered.contains { $0.sponsor.id != claim.actor.id }
        conclude(claim, claim.hits > 0 ? nil : isOthers ? .notYourBounty : .nothingToCancel)
    }

    // MARK: - Awarding

    private mutating func award(_ claim: Claim, _ terms: Terms) throws {
        var claim = claim
        let covered = bounties.filter { isCovered($0, by: claim) }
        let open = covered.filter(\.isOpen)
        guard let answer = claim.answer else {
            // Who may award is asked also where nothing is open any more, so that the reason of a refusal does not depend on
            // what came first.
            if claim.kind == .award ? !covered.isEmpty : !open.isEmpty, !claim.isAsked {
                claim.isAsked = true
                changes.questions.append(claim.key)
            }
            let refusal = claim.kind == .award && covered.isEmpty ? Refusal.nothingToAward : nil
            return conclude(claim, refusal)
        }
        let active = open.filter { $0.state == .active }
        switch answer {
        case .nobody(let reason):
            let isTold = claim.kind == .award || (!active.isEmpty && reason != Refusal.NobodyReason.superseded)
            conclude(claim, isTold ? .nobody(reason) : nil)
        case .recipients(let recipients, let forAll, let url):
            for bounty in active where forAll || bounty.sponsor.id == claim.actor.id {
                let award = BountyRecord.Award(
                    ground: claim.ground, by: claim.actor, at: claim.at, url: url ?? claim.source?.url,
                    recipients: recipients)
                take(try bounty.award(award, at: terms.now))
                claim.hits += 1
            }
            conclude(
                claim, claim.hits > 0 || claim.kind != .award ? nil : refusal(of: claim, covered, forAll: forAll))
        }
    }

    private func refusal(of claim: Claim, _ covered: [BountyRecord], forAll: Bool) -> Refusal {
        let own = covered.filter { forAll || $0.sponsor.id == claim.actor.id }
        if own.contains(where: { $0.state == .proposed }) { return .notSigned }
        return own.isEmpty && !covered.isEmpty ? .noPermission : .nothingToAward
    }

    /// A closing does not count for a bounty that was signed after the issue was opened again.
    private func isCovered(_ bounty: BountyRecord, by claim: Claim) -> Bool {
        guard claim.covers(bounty) else { return false }
        guard claim.kind == .closing, bounty.state == .active else { return true }
        return !claims.values.contains {
            $0.kind == .reopening && $0.at >= claim.at && $0.at < bounty.updatedAt
        }
    }

    // MARK: - What people see

    private mutating func conclude(_ claim: Claim, _ refusal: Refusal?) {
        var claim = claim
        let source =
            claim.source
            ?? place.map { place in
                BountyRecord.Source(kind: .issue, id: place.issue.id, url: place.issue.url)
            }
        if let source, !claim.isSilent, claim.refusal != refusal?.code {
            if let old = claim.refusal { changes.notices.append(.remove(TextKey(source), code: old)) }
            if let refusal {
                claim.source == nil
                    ? tell(refusal, source, claim.actor) : refuse(refusal, source, claim.actor)
            }
            claim.refusal = refusal?.code
        }
        if claim.hits > 0, claims[claim.key]?.hits == 0, let source = claim.source {
            changes.reactions.append(.init(source: source, reaction: .done))
        }
        save(claim)
    }

    mutating func save(_ claim: Claim) {
        guard claims[claim.key] != claim else { return }
        claims[claim.key] = claim
        changes.claims[claim.key] = claim
    }
}

extension Claim {
    fileprivate var ground: BountyRecord.Award.Ground {
        switch kind {
        case .merge: .merge
        case .award: .command
        case .closing, .cancel, .reopening: .closing
        }
    }
}

extension BountyRecord {
    fileprivate var isOpen: Bool { state == .proposed || state == .active }
}
