import Money
import Testing

/// The test cases of CAIP-2 and CAIP-19, and near misses.
struct AssetNameTests {
    @Test(arguments: [
        "eip155:1", "bip122:000000000019d6689c085ae165831e93", "cosmos:cosmoshub-3", "cosmos:Binance-Chain-Tigris",
        "cosmos:iov-mainnet", "starknet:SN_GOERLI", "lip9:9ee11e9df416b18b",
        "chainstd:8c3444cf8970a9e41a706fab93e7a6c4",
    ])
    func aChainIsNamedAsCAIP2Says(text: String) {
        #expect(ChainID(text)?.description == text)
    }

    @Test(arguments: [
        "", ":", "eip155", "eip155:", ":1", "ei:1", "eip155eip:1", "EIP155:1", "eip155:1:2", "eip155: 1", "eip_155:1",
        "eip155:1/2",
        "eip155:123456789012345678901234567890123", "eip155:\u{661}", "eip155:1\n",
    ])
    func anythingElseIsNoChain(text: String) {
        #expect(ChainID(text) == nil)
    }

    @Test(arguments: [
        "eip155:1/slip44:60", "bip122:000000000019d6689c085ae165831e93/slip44:0", "cosmos:cosmoshub-3/slip44:118",
        "eip155:1/erc20:0x6b175474e89094c44da98b954eedeac495271d0f", "cosmos:Binance-Chain-Tigris/slip44:714",
        "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    ])
    func anAssetIsNamedAsCAIP19Says(text: String) {
        #expect(AssetType(text)?.description == text)
    }

    @Test(arguments: [
        "", "eip155:1", "eip155:1/", "eip155:1/slip44", "eip155:1/slip44:", "eip155:1/:60", "/slip44:60",
        "eip155:1/sl:60",
        "eip155:1/SLIP44:60", "eip155:1/slip44:6_0", "eip155:1//slip44:60", "eip155:1/slip44:60:1",
        "eip155:1/erc721:0x06012c8cf97BEaD5deAe237070F9587f8E7A266d/771769",
        "eip155:1/erc20:" + String(repeating: "0", count: 129),
    ])
    func anythingElseIsNoAsset(text: String) {
        #expect(AssetType(text) == nil)
    }
}
