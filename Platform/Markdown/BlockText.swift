/// The text of one block, as its inline nodes come.
struct BlockText {
    private enum Piece {
        case text(String)
        case omission
    }

    private var pieces: [Piece] = []
    /// By tag name, where the tags stand that are not closed yet.
    private var openTags: [String: [Int]] = [:]
    /// Ranges of pieces between matching tags. They may nest and overlap.
    private var tagged: [ClosedRange<Int>] = []

    mutating func append(text: String) {
        pieces.append(.text(text))
    }

    mutating func appendOmission() {
        pieces.append(.omission)
    }

    /// Takes a tag, comment, declaration or processing instruction.
    mutating func append(html: String) {
        switch HTMLTag(html) {
        case .opening(let name)?:
            openTags[name, default: []].append(pieces.count)
        case .closing(let name)?:
            if let opening = openTags[name]?.popLast() { tagged.append(opening...pieces.count) }
        case nil:
            break
        }
        pieces.append(.omission)
    }

    /// The text, with one `MarkdownText.omitted` for each run of pieces that are left out.
    func joined() -> String {
        // The last piece of the range that begins at each piece.
        var ends: [Int: Int] = [:]
        for range in tagged { ends[range.lowerBound] = max(ends[range.lowerBound] ?? 0, range.upperBound) }
        var result = ""
        var lastTagged = -1
        var isOmitting = false
        for (index, piece) in pieces.enumerated() {
            if let end = ends[index] { lastTagged = max(lastTagged, end) }
            if case .text(let text) = piece, index > lastTagged {
                result += text
                isOmitting = false
            } else if !isOmitting {
                result.unicodeScalars.append(MarkdownText.omitted)
                isOmitting = true
            }
        }
        return result
    }
}
