import BountyDomain
import Events
import FoundationEssentials
import Money

extension TextRevision {
    static func sample(
        author: Actor = Actor(account: .init(id: 501, login: "wile-e"), isBot: false), sender: Actor? = nil,
        repository: BountyRecord.Repository = .init(id: 10, fullName: "acme/rocket-skates"), title: String = "Brakes",
        url: String = "https://github.com/acme/rocket-skates/issues/3", change: Change = .created
    ) -> TextRevision {
        TextRevision(
            source: .init(kind: .issue, id: 30, url: url),
            repository: repository,
            issue: .init(
                id: 30, number: 3, title: title, url: "https://github.com/acme/rocket-skates/issues/3",
                isPullRequest: false),
            author: author, sender: sender ?? author, body: "$usdc:250$",
            updatedAt: Date(timeIntervalSince1970: 1_795_253_400), change: change)
    }
}

extension Money {
    static func sample(_ symbol: String, _ amount: String) throws(MoneyError) -> Money {
        try Denominations.builtIn.resolve(symbol: symbol, amount: amount)
    }
}
