import BountyDomain
import Events
import Testing

struct TextRevisionTests {
    static func actor(_ id: Int64, login: String = "wile-e", isBot: Bool = false) -> Actor {
        Actor(account: .init(id: id, login: login), isBot: isBot)
    }

    @Test(
        arguments: [
            ("its author", actor(1), actor(1), .authors),
            ("its author under another name", actor(1), actor(1, login: "road-runner"), .authors),
            ("someone else", actor(1), actor(2), .foreignEdit),
            ("someone else under the same name", actor(1), actor(2), .foreignEdit),
            ("a bot, its own text", actor(1, isBot: true), actor(1, isBot: true), .bot),
            ("a bot, a person's text", actor(1), actor(2, isBot: true), .bot),
            ("a person, a bot's text", actor(2, isBot: true), actor(1), .bot),
        ] as [(String, Actor, Actor, TextRevision.Standing)])
    func aTextStandsByWhoWroteIt(who: String, author: Actor, sender: Actor, standing: TextRevision.Standing) {
        #expect(TextRevision.sample(author: author, sender: sender).standing == standing, "written by \(who)")
    }

    @Test(
        arguments: [(.created, nil), (.edited(from: nil), nil), (.edited(from: ""), ""), (.edited(from: "a"), "a")]
            as [(TextRevision.Change, String?)])
    func onlyAnEditHasABodyBefore(change: TextRevision.Change, previous: String?) {
        #expect(TextRevision.sample(change: change).previousBody == previous)
    }
}
