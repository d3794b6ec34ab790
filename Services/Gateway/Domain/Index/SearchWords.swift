@_spi(_Unicode) import Swift

/// How text is taken apart to be searched: words of letters and digits, without case and without diacritics.
///
/// Case is folded by Unicode's full mappings (`ß` is `ss`); letters are decomposed (NFD) and their marks left out. Ideographs, which
/// are written without spaces, are words each.
enum SearchWords {
    /// Unicode scalars of a word that count: more than any name has, so that a text of one endless word is nothing to fear.
    static let maximumLength = 64
    /// Words of a text that count: GitHub's titles have 256 characters.
    static let maximumCount = 128

    /// Each word once, in the order of the text.
    static func of(_ texts: String...) -> [String] {
        var words: [String] = []
        for text in texts {
            for word in split(text) where !words.contains(word) && words.count < maximumCount { words.append(word) }
        }
        return words
    }

    private static func split(_ text: String) -> [String] {
        if let words = text.utf8.withContiguousStorageIfAvailable({ splitASCII($0) }) ?? nil { return words }
        return splitUnicode(text)
    }

    /// The same for what needs no tables; nil for other text.
    private static func splitASCII(_ text: UnsafeBufferPointer<UInt8>) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                if word.count < maximumLength { word.append(byte) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if word.count < maximumLength { word.append(byte | 0x20) }
            case 0x80...: return nil
            default: end()
            }
        }
        end()
        return words
    }

    private static func splitUnicode(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.uppercased().lowercased()._nfd {
            if scalar.isASCII {
                switch scalar {
                case "a"..."z", "0"..."9": if word.count < maximumLength { word.append(scalar) }
                default: end()
                }
                continue
            }
            let properties = scalar.properties
            switch properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark: continue
            default: break
            }
            if properties.isIdeographic {
                end()
                word.append(scalar)
                end()
            } else if properties.isAlphabetic || properties.numericType != nil {
                if word.count < maximumLength { word.append(scalar) }
            } else {
                end()
            }
        }
        end()
        return words
    }
}
