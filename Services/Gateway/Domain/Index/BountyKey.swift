import Events

/// What bounties are found by. Names are in lower case.
enum BountyKey: Hashable, Sendable {
    /// Letters of the beginnings of words that are keys: longer ones are looked up by this many, and compared.
    static let longestBeginning = 4

    case state(BountyRecord.State)
    case denomination(String)
    case repository(Int64)
    case repositoryName(String)
    case issueNumber(Int64)
    case sponsor(Int64)
    case sponsorName(String)
    /// Named as something else than the sponsor.
    case named(Int64)
    case word(String)
    case beginning(String)

    /// The beginning of a word by which it is looked up.
    static func beginning(of word: String) -> BountyKey {
        .beginning(String(word.unicodeScalars.prefix(longestBeginning)))
    }

    /// Of the words of a text.
    static func all(of words: [String]) -> Set<BountyKey> {
        var keys: Set<BountyKey> = []
        for word in words {
            keys.insert(.word(word))
            var beginning = String.UnicodeScalarView()
            for scalar in word.unicodeScalars.prefix(longestBeginning) {
                beginning.append(scalar)
                keys.insert(.beginning(String(beginning)))
            }
        }
        return keys
    }
}
