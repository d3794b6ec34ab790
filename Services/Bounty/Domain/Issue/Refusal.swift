/// What people are told on the status comment about a text, a command or a closing that did not do what it was meant to.
package struct Refusal: Sendable, Equatable {
    /// A stable name of the reason, for programs and metrics. `help` is an answer rather than a refusal.
    package var code: String
    /// In a sentence, for people. May quote anybody's text: to be escaped wherever it is shown.
    package var detail: String

    package init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }

    package static let help = Refusal(code: "help", detail: "Asked for help.")
    package static let nothingToAward = Refusal(
        code: "nothing-to-award", detail: "There is no active bounty here to award.")
    package static let notSigned = Refusal(
        code: "not-signed", detail: "The bounty is not signed yet, so there is nothing to award.")
    package static let noPermission = Refusal(
        code: "no-permission",
        detail: "Only a bounty's sponsor, or somebody with write access to the repository, can award it.")
    package static let notYourBounty = Refusal(
        code: "not-your-bounty", detail: "Only its sponsor can cancel a bounty.")
    package static let nothingToCancel = Refusal(
        code: "nothing-to-cancel", detail: "There is no open bounty of yours here to cancel.")
    package static let signedStands = Refusal(
        code: "signed-stands",
        detail: "A signed bounty stands as it was signed: editing or deleting its text changes nothing.")

    package static let foreignEdit = Refusal(
        code: "foreign-edit",
        detail: "A text that somebody else than its author edits neither makes nor changes a bounty.")

    /// A closing, or an award, that names nobody.
    static func nobody(_ reason: String) -> Refusal {
        switch reason {
        case NobodyReason.notMerged:
            Refusal(
                code: reason,
                detail: "The issue was not closed by a merged pull request. A sponsor or maintainer can use /award.")
        case NobodyReason.cannotAsk:
            Refusal(
                code: reason,
                detail: "What closed the issue cannot be asked without a GitHub App. A sponsor can use /award.")
        case NobodyReason.authorGone:
            Refusal(
                code: reason, detail: "The account that wrote the pull request is gone. Use /award to name somebody.")
        case NobodyReason.unknownAccount:
            Refusal(code: reason, detail: "An account that /award names is not known to GitHub.")
        default: Refusal(code: reason, detail: "Nobody could be named for this award.")
        }
    }

    /// Codes of ``Claim/Answer/nobody(reason:)``.
    package enum NobodyReason {
        package static let notMerged = "not-closed-by-merge"
        package static let cannotAsk = "closer-unknown"
        package static let authorGone = "author-gone"
        package static let unknownAccount = "unknown-account"
        /// A later closing counts.
        package static let superseded = "superseded"
    }
}
