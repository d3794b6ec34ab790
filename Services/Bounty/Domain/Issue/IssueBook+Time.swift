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

    /// The issue was transferred: its bounties go with it, and what comes late about it here does not count any more.
    ///
    /// - Parameters:
    ///   - old: As it was here.
    ///   - new: Where it is now, under another id and number.
    ///   - text: The history that the issue's text has there, where its body is known.
    package mutating func transfer(
        from old: IssuePlace, to new: IssuePlace, _ text: TextHistory?, into book: inout IssueBook, _ terms: Terms
    ) throws {
        let oldText = TextKey(kind: .issue, id: old.issue.id)
        let newText = TextKey(kind: .issue, id: new.issue.id)
        see(old)
        book.see(new)
        var gone = history(of: oldText)
        gone.isDeleted = true
        save(gone, of: oldText)
        // The copy of the text is none that was written there: nothing in it is proposed again.
        if let text, book.history(of: newText).updatedAt < text.updatedAt { book.save(text, of: newText) }
        for bounty in bounties {
            var source = bounty.source
            if TextKey(source) == oldText {
                source.id = new.issue.id
                source.url = new.issue.url
            }
            guard
                let event = try bounty.move(to: new.repository, issue: new.issue, source: source, at: terms.now)
            else { continue }
            book.take(event)
            remove(bounty.id)
        }
        try book.evaluate(terms)
    }
}
