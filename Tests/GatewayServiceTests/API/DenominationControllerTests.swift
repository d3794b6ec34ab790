import Foundation
import HTTPTypes
import HummingbirdTesting
import Money
import NIOCore
import Testing

struct DenominationControllerTests {
    @Test func allThatIsConfiguredIsListed() async throws {
        let object = try await APIFixture().object("/v1/denominations")
        let items = try #require(object["denominations"] as? [[String: Any]])
        #expect(
            Set(items.compactMap { $0["symbol"] as? String })
                == ["USDC", "SOL", "LAMPORT", "ETH", "GWEI", "WEI", "ATOM", "UATOM"])
        #expect(items.count == Denominations.builtIn.all.count)
    }

    @Test func aDenominationIsAsDocumented() async throws {
        let usdc = try #require(Denominations.builtIn.all.first { $0.symbol == "USDC" })
        let answer = try await APIFixture(denominations: try Denominations([usdc])).answer("/v1/denominations")
        #expect(
            String(buffer: answer.body) == """
                {"denominations":[{"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:\
                EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","chain":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",\
                "decimals":6,"family":"solana","maximum":"10000000","minimum":"0.01","symbol":"USDC"}]}
                """)
    }

    /// Limits are written in the denomination's own unit, at any number of decimals.
    @Test func limitsReadBackAsAmounts() async throws {
        let object = try await APIFixture().object("/v1/denominations")
        for item in try #require(object["denominations"] as? [[String: Any]]) {
            let symbol = try #require(item["symbol"] as? String)
            for name in ["minimum", "maximum"] {
                let text = try #require(item[name] as? String)
                #expect(throws: Never.self) { try Denominations.builtIn.resolve(symbol: symbol, amount: text) }
            }
        }
    }

    @Test func itTakesNoParameters() async throws {
        let answer = try await APIFixture().answer("/v1/denominations?symbol=ETH")
        #expect(answer.status == .badRequest)
        #expect(
            try answer.object["detail"] as? String
                == "the query parameter symbol must be left out: none is known here")
    }

    @Test func headIsAnswered() async throws {
        let answer = try await APIFixture().answer("/v1/denominations", method: .head)
        #expect(answer.status == .ok)
        #expect(answer.body.readableBytes == 0)
    }
}
