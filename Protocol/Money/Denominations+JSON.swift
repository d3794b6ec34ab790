import FoundationEssentials

extension Denominations {
    /// Bytes of a denominations file. `maximumCount` denominations fit, with room to lay them out.
    package static let maximumFileSize = 1 << 20

    /// Reads a denominations file (the configuration key `denominations.file`): UTF-8 JSON such as
    ///
    ///     {
    ///         "denominations": [
    ///             {
    ///                 "symbol": "USDC",
    ///                 "decimals": 6,
    ///                 "minimum": "0.01",
    ///                 "maximum": "1000000",
    ///                 "chain": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
    ///                 "asset": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    ///                 "wallet_family": "solana"
    ///             }
    ///         ]
    ///     }
    ///
    /// Every field is required, and there are no others. `minimum` and `maximum` of one bounty are decimal strings in
    /// the denomination's own unit; `chain` (CAIP-2) must be that of `asset` (CAIP-19); `wallet_family` is `solana`,
    /// `ethereum` or `cosmos`, and must be that of the chain.
    package init(json bytes: some Collection<UInt8>) throws(DenominationsFileError) {
        guard bytes.count <= Self.maximumFileSize else {
            throw DenominationsFileError(path: "", rule: "must have at most \(Self.maximumFileSize) bytes")
        }
        let file: DenominationsFile
        do {
            file = try JSONDecoder().decode(DenominationsFile.self, from: Data(bytes))
        } catch {
            throw DenominationsFileError(error)
        }
        do throws(DenominationsError) {
            try self.init(file.denominations.map(\.denomination))
        } catch {
            if case .duplicate(let index) = error {
                throw DenominationsFileError(path: "denominations[\(index)].symbol", rule: error.sentence)
            }
            throw DenominationsFileError(path: "denominations", rule: error.sentence)
        }
    }
}

/// What is wrong with a denominations file, and where.
package struct DenominationsFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Such as `denominations[3].decimals`; empty for the file as a whole.
    package let path: String
    /// What must be the case there.
    package let rule: String

    package var description: String { path.isEmpty ? "the file \(rule)" : "\(path) \(rule)" }
}

extension DenominationsFileError {
    init(path: [any CodingKey], rule: String) {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        self.init(path: text, rule: rule)
    }

    init(_ error: any Error) {
        switch error {
        case let error as DenominationsFileError:
            self = error
        case DecodingError.keyNotFound(let key, let context):
            self.init(path: context.codingPath + [key], rule: "is required")
        case DecodingError.valueNotFound(let type, let context), DecodingError.typeMismatch(let type, let context):
            self.init(path: context.codingPath, rule: "must be \(Self.name(of: type))")
        case DecodingError.dataCorrupted(let context):
            self.init(path: context.codingPath, rule: context.codingPath.isEmpty ? "must be JSON" : "is not valid")
        default:
            self.init(path: "", rule: "cannot be read")
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is Int.Type: "a whole number"
        case is String.Type: "a string"
        case is any Collection.Type where !(type is [String: Any].Type): "a list"
        default: "an object"
        }
    }
}
