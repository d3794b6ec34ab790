import BountyDomain
import Testing

struct BountyCommandTests {
    static func award(_ recipients: (String, Int64)...) -> [BountyCommand] {
        [.award(recipients.map { .init(login: $0.0, weight: $0.1) })]
    }

    @Test(
        arguments: [
            ("/award @alice", award(("alice", 1))),
            ("/award @alice 70 @bob 30", award(("alice", 70), ("bob", 30))),
            ("/award @alice, @bob", award(("alice", 1), ("bob", 1))),
            ("Thanks to all!\n/AWARD @Al-ice_acme 1\nBye", award(("Al-ice_acme", 1))),
            ("/award\t@a   999999999", award(("a", 999_999_999))),
            ("- /award @alice", award(("alice", 1))),
            ("/cancel", [.cancel]), ("/cancel ", [.cancel]), ("/help", [.help]), ("/help me please", [.help]),
            ("/help\n\n/cancel", [.help, .cancel]),
            ("`/cancel`", []), ("> /cancel", []), ("    /cancel", []), ("```\n/cancel\n```", []),
            ("<!-- /cancel -->", []),
            ("please /cancel", []), ("/cancelled", []), ("/awards @alice", []), ("/ cancel", []), ("", []),
        ] as [(String, [BountyCommand])])
    func commandsStandAtTheStartsOfLines(text: String, commands: [BountyCommand]) {
        #expect(BountyCommand.all(in: text) == commands)
    }

    @Test(arguments: [
        "/award", "/award alice", "/award @", "/award @-a", "/award @a@b", "/award 5 @a", "/award @a 0", "/award @a -1",
        "/award @a 1.5", "/award @a 50%", "/award @a 1 2", "/award @a 1000000000", "/award @a @A", "/award @a 1 @b",
        "/award " + (1...21).map { "@a\($0)" }.joined(separator: " "), "/award @a and @b",
    ])
    func aWrongAwardIsRefused(text: String) {
        guard case .malformed(let refusal)? = BountyCommand.all(in: text).first else {
            Issue.record("\(text) is taken")
            return
        }
        #expect(refusal.code == "malformed-award")
    }

    @Test func aCancellationTakesNothing() {
        guard case .malformed(let refusal)? = BountyCommand.all(in: "/cancel $usdc:5$").first else {
            Issue.record("it is taken")
            return
        }
        #expect(refusal.code == "malformed-cancel")
    }

    @Test func fewCommandsOfATextCount() {
        let text = Array(repeating: "/cancel", count: 100).joined(separator: "\n")
        #expect(BountyCommand.all(in: text).count == BountyCommand.maximumCommands)
    }
}
