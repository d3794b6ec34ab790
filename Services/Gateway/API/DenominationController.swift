import HTTP
import Hummingbird
import Money

/// `GET /v1/denominations`: what bounties may be made of.
struct DenominationController {
    let denominations: Denominations

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        let answer = DenominationList(denominations: denominations.all.map(DenominationList.Item.init))
        group.get("denominations") { request, _ in
            _ = try Query(request, allowing: [])
            return try request.conditionalJSON(answer)
        }
    }

    struct DenominationList: Encodable {
        struct Item: Encodable {
            var symbol: String
            var decimals: Int
            /// In the denomination's own unit, as people write it.
            var minimum: String
            var maximum: String
            /// CAIP-2.
            var chain: String
            /// CAIP-19.
            var asset: String
            var family: String

            init(_ denomination: Denomination) {
                symbol = denomination.symbol
                decimals = denomination.decimals
                minimum = denomination.minimum.decimal(decimals: denomination.decimals)
                maximum = denomination.maximum.decimal(decimals: denomination.decimals)
                chain = denomination.chain.description
                asset = denomination.asset.description
                family = denomination.family.rawValue
            }
        }

        var denominations: [Item]
    }
}
