import Events
import FoundationEssentials
import Testing

@testable import BountyService

struct SigningLinksTests {
    private static let secret = String(repeating: "s", count: 32)
    private static let other = String(repeating: "o", count: 32)

    private static func links(_ secrets: String...) throws -> SigningLinks {
        SigningLinks(try #require(LinkSecrets(secrets)), publicURL: "https://bursar.example")
    }

    private static let link = SigningLinks.Link(
        bounty: UUID(), version: 3, sponsor: .max, expiresAt: Date(timeIntervalSince1970: 1_795_260_000))

    @Test func aTokenSaysWhatItWasMadeFor() throws {
        let links = try Self.links(Self.secret)
        let token = links.token(for: Self.link)
        #expect(links.link(of: token) == Self.link)
        // The same each time: a comment that has it need not be written anew.
        #expect(links.token(for: Self.link) == token)
        #expect(token.utf8.allSatisfy { ("a"..."z").contains(Unicode.Scalar($0)) || !"<>\"& ()|`".utf8.contains($0) })
    }

    @Test func twoSecretsAreLiveWhileOneIsReplaced() throws {
        let old = try Self.links(Self.secret).token(for: Self.link)
        let both = try Self.links(Self.other, Self.secret)
        #expect(both.link(of: old) == Self.link)
        #expect(try Self.links(Self.other).link(of: both.token(for: Self.link)) == Self.link)
        #expect(try Self.links(Self.other).link(of: old) == nil)
    }

    @Test func whatWasChangedNamesNothing() throws {
        let links = try Self.links(Self.secret)
        let token = links.token(for: Self.link)
        let characters = Array(token)
        for index in characters.indices {
            var changed = characters
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(links.link(of: String(changed)) == nil, "\(index)")
        }
        for wrong in [
            "", ".", "..", "bl1", "bl1..", token + "=", token + ".", String(token.dropLast()),
            "bl2" + token.dropFirst(3),
        ] {
            #expect(links.link(of: wrong) == nil)
        }
    }

    @Test(arguments: [[], [""], ["short"], [secret, "short"]])
    func secretsThatCanBeGuessedAreNone(texts: [String]) { #expect(LinkSecrets(texts) == nil) }
}
