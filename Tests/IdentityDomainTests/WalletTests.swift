import IdentityDomain
import Money
import TestWallets
import Testing

struct WalletTests {
    static let chains = TestWallet.cosmosChains ?? .standard

    /// EIP-55, "Test Cases".
    @Test(arguments: [
        "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ])
    func ethereumTakesTheChecksumsOfItsStandard(address: String) throws {
        let wallet = try Wallet("eip155:1:\(address)", cosmosChains: Self.chains)
        #expect(wallet.address == address)
        #expect(try Wallet("eip155:1:\(address.lowercased())", cosmosChains: Self.chains).address == address)
        let upper = "0x" + address.dropFirst(2).uppercased()
        #expect(try Wallet("eip155:1:\(upper)", cosmosChains: Self.chains).address == address)
    }

    @Test func ethereumRefusesAnyLetterOfTheWrongCase() throws {
        let address = Array("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
        for index in address.indices where address[index].isLetter {
            var wrong = address
            wrong[index] = Character(
                address[index].isUppercase ? address[index].lowercased() : address[index].uppercased())
            let error = #expect(throws: WalletError.self) {
                try Wallet("eip155:1:0x\(String(wrong))", cosmosChains: Self.chains)
            }
            #expect(error?.code == .badChecksum)
        }
    }

    @Test(arguments: [
        ("", WalletError.Code.malformed), ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", .malformed),
        ("eip155:1", .malformed), ("eip155:1:a:b", .malformed), ("EIP155:1:0x00", .malformed),
        ("bip122:000000000019d6689c085ae165831e93:128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6", .unknownChain),
        ("eip155:0:0x52908400098527886E0F7030069857D2E4169EE7", .unknownChain),
        ("eip155:01:0x52908400098527886E0F7030069857D2E4169EE7", .unknownChain),
        ("eip155:x:0x52908400098527886E0F7030069857D2E4169EE7", .unknownChain),
        ("eip155:99999999999999999999:0x52908400098527886E0F7030069857D2E4169EE7", .unknownChain),
        ("eip155:1:52908400098527886E0F7030069857D2E4169EE7", .badAddress),
        ("eip155:1:0X52908400098527886E0F7030069857D2E4169EE7", .badAddress),
        ("eip155:1:0x52908400098527886E0F7030069857D2E4169E", .badAddress),
        ("eip155:1:0x52908400098527886E0F7030069857D2E4169EE700", .badAddress),
        ("eip155:1:0x52908400098527886E0F7030069857D2E4169EEg", .badAddress),
        ("solana:mainnet:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv", .unknownChain),
        ("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXAr", .badAddress),
        ("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKvv", .badAddress),
        ("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:0S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv", .badAddress),
        ("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:11111111111111111111111111111111", .badAddress),
        ("cosmos:cosmoshub-3:cosmos1zcuxsnlwxqtm2qfka7pvlr0pzhaw6lpsqjxf4f", .unknownChain),
        ("cosmos:cosmoshub-4:cosmos1zcuxsnlwxqtm2qfka7pvlr0pzhaw6lpsqjxf4g", .badAddress),
    ])
    func whatNamesNoWalletIsRefused(text: String, code: WalletError.Code) {
        let error = #expect(throws: WalletError.self) { try Wallet(text, cosmosChains: Self.chains) }
        #expect(error?.code == code)
    }

    @Test func cosmosAddressesBeginAsTheirChainSays() throws {
        let secret = TestWallet.randomSecret()
        let error = #expect(throws: WalletError.self) {
            try Wallet(
                TestWallet.cosmos(secret, chain: "cosmoshub-4", prefix: "osmo").name, cosmosChains: Self.chains)
        }
        #expect(error?.code == .wrongPrefix)
        let upper = TestWallet.cosmos(secret).name.replacing("cosmos1", with: "COSMOS1")
        #expect(throws: WalletError.self) { try Wallet(upper, cosmosChains: Self.chains) }
    }

    @Test func oneKeyOnTwoChainsOfAFamilyIsOneWallet() throws {
        let secret = TestWallet.randomSecret()
        let pairs = [
            (TestWallet.ethereum(secret, chain: 1), TestWallet.ethereum(secret, chain: 8453)),
            (TestWallet.cosmos(secret), TestWallet.cosmos(secret, chain: "osmosis-1", prefix: "osmo")),
        ]
        for (one, other) in pairs {
            let one = try Wallet(one.name, cosmosChains: Self.chains)
            let other = try Wallet(other.name, cosmosChains: Self.chains)
            #expect(one.isSame(as: other))
            #expect(one != other)
        }
        let ethereum = try Wallet(TestWallet.ethereum(secret).name, cosmosChains: Self.chains)
        #expect(!ethereum.isSame(as: try Wallet(TestWallet.evmos(secret).name, cosmosChains: Self.chains)))
    }

    @Test(arguments: [
        "cosmoshub-4", "cosmoshub-4=", "=cosmos", "cosmoshub-4=Cosmos", "cosmoshub-4=cosmos/ed25519",
        "cosmoshub-4=cosmos,", "a=b,a=c", "",
    ])
    func aListOfChainsThatCannotBeMeantIsRefused(text: String) { #expect(CosmosChains(text) == nil) }
}
