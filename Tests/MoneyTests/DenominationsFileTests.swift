import Money
import Testing

struct DenominationsFileTests {
    /// One entry, with some fields replaced (JSON values), and those that are nil left out.
    private static func entry(_ changes: [String: String?] = [:]) -> String {
        var fields: [String: String?] = [
            "symbol": #""USDC""#, "decimals": "6", "minimum": #""0.01""#, "maximum": #""1000""#,
            "chain": #""eip155:1""#,
            "asset": #""eip155:1/erc20:0xA0b8""#, "wallet_family": #""ethereum""#,
        ]
        fields.merge(changes) { $1 }
        return "{" + fields.compactMap { key, value in value.map { "\"\(key)\": \($0)" } }.joined(separator: ", ") + "}"
    }

    private static func file(_ entries: String...) -> String {
        #"{"denominations": ["# + entries.joined(separator: ", ") + "]}"
    }

    @Test func aFileIsRead() throws {
        let json = Self.file(Self.entry(), Self.entry(["symbol": #""Usd_0""#, "decimals": "0", "minimum": #""1""#]))
        let denominations = try Denominations(json: Array(json.utf8))
        #expect(denominations.all.map(\.symbol) == ["USDC", "Usd_0"])
        let usdc = try #require(denominations["usdc"])
        #expect(usdc.decimals == 6)
        #expect(usdc.minimum == Amount(units: 10_000))
        #expect(usdc.maximum == Amount(units: 1_000_000_000))
        #expect(usdc.chain == ChainID("eip155:1"))
        #expect(usdc.asset == AssetType("eip155:1/erc20:0xA0b8"))
        #expect(usdc.family == .ethereum)
    }

    @Test(arguments: [
        ("", "", "must be JSON"), ("{", "", "must be JSON"), ("[]", "", "must be an object"),
        ("{}", "denominations", "is required"),
        (#"{"denominations": {}}"#, "denominations", "must be a list"),
        (#"{"denominations": [], "version": 1}"#, "version", "is not a known field"),
        (file(), "denominations", "must have at least one denomination"),
        (file("7"), "denominations[0]", "must be an object"),
        (file(entry(), entry(["symbol": #""usdc""#])), "denominations[1].symbol", "is the symbol of two denominations"),
        (file(entry(), entry(["note": "1"])), "denominations[1].note", "is not a known field"),
        (file(entry(["symbol": nil])), "denominations[0].symbol", "is required"),
        (file(entry(["symbol": "null"])), "denominations[0].symbol", "must be a string"),
        (file(entry(["symbol": #""$""#])), "denominations[0].symbol", "must be a letter"),
        (
            file(entry(["symbol": "\"A\(String(repeating: "1", count: 64))\""])), "denominations[0].symbol",
            "must be a letter"
        ),
        (file(entry(), entry(["decimals": #""6""#])), "denominations[1].decimals", "must be a whole number"),
        (file(entry(["decimals": "37"])), "denominations[0].decimals", "must be a whole number from 0 to 36"),
        (file(entry(["decimals": "-1"])), "denominations[0].decimals", "must be a whole number from 0 to 36"),
        (file(entry(["decimals": "1.5"])), "denominations[0].decimals", "must be a whole number from 0 to 36"),
        (file(entry(["minimum": "1"])), "denominations[0].minimum", "must be a string"),
        (
            file(entry(["minimum": #""0""#])), "denominations[0].minimum",
            "is wrong: The amount must be greater than zero."
        ),
        (
            file(entry(["maximum": #""0.0000001""#])), "denominations[0].maximum",
            "is wrong: The amount may have at most 6 digits"
        ),
        (file(entry(["maximum": #""0.001""#])), "denominations[0].maximum", "must not be less than the minimum"),
        (file(entry(["chain": #""eip155""#])), "denominations[0].chain", "must be a CAIP-2 chain"),
        (file(entry(["chain": #""eip155:2""#])), "denominations[0].asset", "must be an asset of the chain eip155:2"),
        (file(entry(["asset": #""eip155:1""#])), "denominations[0].asset", "must be a CAIP-19 asset type"),
        (
            file(entry(["wallet_family": #""bitcoin""#])), "denominations[0].wallet_family",
            "must be one of solana, ethereum, cosmos"
        ),
        (
            file(entry(["wallet_family": #""solana""#])), "denominations[0].wallet_family",
            "must be the family of wallets"
        ),
    ])
    func aWrongFileIsRefusedNamingThePathAndTheRule(json: String, path: String, rule: String) {
        let error = #expect(throws: DenominationsFileError.self) { try Denominations(json: Array(json.utf8)) }
        #expect(error?.path == path)
        #expect(error?.rule.hasPrefix(rule) == true, "\(error?.rule ?? "")")
    }

    @Test func aFileHasALimitOfSize() {
        let bytes = Array(repeating: UInt8(ascii: " "), count: Denominations.maximumFileSize + 1)
        #expect(throws: DenominationsFileError.self) { try Denominations(json: bytes) }
    }
}
