import Events
import FoundationEssentials
import GatewayDomain
import Testing

struct ErasureTests {
    private static func event(_ kind: IdentityEvent.Kind, _ account: Int64) throws -> IdentityEvent {
        let time = Date(timeIntervalSince1970: 1_795_253_400)
        let link = LinkRecord(
            id: .numbered(9), wallet: "eip155:1:0x00", family: "ethereum", state: .active, linkedAt: time,
            effectiveAt: time)
        return IdentityEvent(
            kind,
            identity: .init(github: .init(id: account, login: nil), version: 1, links: [], updatedAt: time),
            link: kind == .erased ? nil : link)
    }

    @Test func anErasedSponsorIsShownByNobodysName() throws {
        var snapshot = BountySnapshot()
        snapshot.apply(.proposed(.sample(1, sponsor: .init(id: 20, login: "Wile-E"))), sequence: 1)
        snapshot.apply(.proposed(.sample(2, sponsor: .init(id: 21, login: "Road-Runner"))), sequence: 2)
        snapshot.apply(try Self.event(.erased, 20), sequence: 3)
        #expect(snapshot.sequence == 3)
        #expect(snapshot[.numbered(1)]?.sponsor == .init(id: 20, login: "ghost"))
        #expect(snapshot[.numbered(2)]?.sponsor == .init(id: 21, login: "Road-Runner"))
        // What is told later of the same account's bounties does not bring the name back.
        snapshot.apply(.changed(.sample(1, version: 2, sponsor: .init(id: 20, login: "Wile-E"))), sequence: 4)
        #expect(snapshot[.numbered(1)]?.version == 2)
        #expect(snapshot[.numbered(1)]?.sponsor.login == "ghost")
    }

    @Test func whoComesBackIsNamedAgain() throws {
        var snapshot = BountySnapshot()
        snapshot.apply(try Self.event(.erased, 20), sequence: 1)
        snapshot.apply(try Self.event(.linked, 20), sequence: 2)
        snapshot.apply(.proposed(.sample(1, sponsor: .init(id: 20, login: "Wile-E"))), sequence: 3)
        #expect(snapshot[.numbered(1)]?.sponsor.login == "Wile-E")
    }
}
