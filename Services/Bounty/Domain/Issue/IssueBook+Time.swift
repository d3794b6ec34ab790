package import Events
import FoundationEssentials

extension IssueBook {
    /// Bounties whose time is over expire.
    package mutating func expire(_ terms: Terms) throws {
        for bounty in bounties where [.proposed, .active].contains(bounty.state) && bounty.expiresAt <= terms.now {
            take(try bounty.expire(at: terms.now))
        }
    }

    /// The repository goes by another name.
    package mutating func rename(to repository: BountyRecord.Repository, _ terms: Terms) throws {
        for bounty in bounties {
            if let event = try bounty.move(to: repository, issue: bounty.issue, source: bounty.source, at: terms.now) {
                take(event)
            }
        }
    }

    /// The repository is gone.
    package mutating func dissolve(_ terms: Terms) throws {
        repositoryDeletedAt = terms.now
        for bounty in bounties where bounty.state == .proposed {
            take(try bounty.cancel(.repositoryDeleted, at: terms.now))
        }
    }

    /// The issue was transferred: its bounties go with it, and so do its claims. What comes late about it here belongs there.
    ///
    /// - Parameters:
    ///   - old: As it was here.
    ///   - new: Where it is now, under another id and number.
    package mutating func transfer(
        from old: IssuePlace, to new: IssuePlace, into book: inout IssueBook, _ terms: Terms
    ) throws {
        let oldText = TextKey(kind: .issue, id: old.issue.id)
        let newText = TextKey(kind: .issue, id: new.issue.id)
        see(old)
        book.see(new)
        // What is known of the issue's text holds for the copy of it, so that nothing in it is proposed again.
        var known = history(of: oldText)
        if !known.isDeleted, known != .unknown, book.history(of: newText) == .unknown { book.save(known, of: newText) }
        known.isDeleted = true
        save(known, of: oldText)
        book.know(texts.filter { $0.key != oldText })
        for claim in claims.values where book.claims[claim.key] == nil { book.save(claim) }
        for bounty in bounties {
            let source = bounty.source.moved(to: new, from: old.issue.id)
            guard let event = try bounty.move(to: new.repository, issue: new.issue, source: source, at: terms.now)
            else { continue }
            book.take(event)
            remove(bounty.id)
        }
        try book.evaluate(terms)
    }
}
