import Foundation

/// `Protocol/golden.txt`: bytes by name.
enum GoldenBytes {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Protocol").standardizedFileURL

    static let all: [String: [UInt8]] = {
        guard let text = try? String(contentsOf: directory.appending(path: "golden.txt"), encoding: .utf8) else {
            return [:]
        }
        return parse(text)
    }()

    static subscript(name: String) -> [UInt8] { all[name] ?? [] }

    /// Blocks between empty lines: the first line is the name, and a comment after a colon.
    static func parse(_ text: String) -> [String: [UInt8]] {
        var blocks: [String: [UInt8]] = [:]
        for block in text.split(separator: "\n\n") {
            let lines = block.split(separator: "\n").filter { !$0.hasPrefix("#") }
            guard let name = lines.first?.split(separator: ":").first else { continue }
            blocks[String(name)] = bytes(lines.dropFirst().joined())
        }
        return blocks
    }

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
