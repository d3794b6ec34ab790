/// The file as it is written; `Denominations(json:)` documents it.
struct DenominationsFile: Decodable {
    var denominations: [DenominationEntry]

    enum CodingKeys: String, CodingKey, CaseIterable {
        case denominations
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: CodingKeys.self)
        denominations = try decoder.container(keyedBy: CodingKeys.self).decode(forKey: .denominations)
    }
}

struct DenominationEntry: Decodable {
    var denomination: Denomination

    enum CodingKeys: String, CodingKey, CaseIterable {
        case symbol, decimals, minimum, maximum, chain, asset
        case walletFamily = "wallet_family"
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func wrong(_ key: CodingKeys, _ rule: String) -> DenominationsFileError {
            DenominationsFileError(path: decoder.codingPath + [key], rule: rule)
        }
        func parse<Value>(_ key: CodingKeys, _ rule: String, _ parse: (String) -> Value?) throws -> Value {
            guard let value = try parse(container.decode(forKey: key)) else { throw wrong(key, rule) }
            return value
        }

        let decimals: Int
        do {
            decimals = try container.decode(forKey: .decimals)
        } catch let error as DecodingError {
            throw error
        } catch {
            // A number that is no Int, such as 1.5: JSONDecoder throws an error of its own here, without a path.
            throw wrong(.decimals, DenominationError.decimals.sentence)
        }
        guard (0...Denomination.maximumDecimals).contains(decimals) else {
            throw wrong(.decimals, DenominationError.decimals.sentence)
        }
        func amount(_ key: CodingKeys) throws -> Amount {
            let text: String = try container.decode(forKey: key)
            do throws(AmountError) {
                return try Amount(decimal: text, decimals: decimals)
            } catch {
                throw wrong(key, "is wrong: \(error.sentence)")
            }
        }
        let chain = try parse(.chain, "must be a CAIP-2 chain such as eip155:1", ChainID.init)
        let asset = try parse(.asset, "must be a CAIP-19 asset type such as eip155:1/slip44:60", AssetType.init)
        guard asset.chain == chain else { throw wrong(.asset, "must be an asset of the chain \(chain)") }
        let families = WalletFamily.allCases.map(\.rawValue).joined(separator: ", ")
        let family = try parse(.walletFamily, "must be one of \(families)", WalletFamily.init(rawValue:))
        let symbol: String = try container.decode(forKey: .symbol)
        let minimum = try amount(.minimum)
        let maximum = try amount(.maximum)
        do throws(DenominationError) {
            denomination = try Denomination(
                symbol: symbol, decimals: decimals, minimum: minimum, maximum: maximum, asset: asset, family: family)
        } catch {
            switch error {
            case .symbol: throw wrong(.symbol, error.sentence)
            case .decimals: throw wrong(.decimals, error.sentence)
            case .minimum: throw wrong(.minimum, error.sentence)
            case .maximum: throw wrong(.maximum, error.sentence)
            case .family: throw wrong(.walletFamily, error.sentence)
            }
        }
    }
}

extension KeyedDecodingContainer {
    fileprivate func decode<Value: Decodable>(forKey key: Key) throws -> Value {
        try decode(Value.self, forKey: key)
    }
}

extension Decoder {
    fileprivate func refuseOthers<Key: CodingKey & CaseIterable>(than known: Key.Type) throws {
        let names = Set(known.allCases.map(\.stringValue))
        for key in try container(keyedBy: AnyKey.self).allKeys where !names.contains(key.stringValue) {
            throw DenominationsFileError(path: codingPath + [key], rule: "is not a known field")
        }
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
