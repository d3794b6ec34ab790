import FoundationEssentials

/// One step of a schema: `0001_title.up.sql` and, where it can be undone, `0001_title.down.sql` (golang-migrate's
/// naming).
package struct Migration: Sendable, Equatable {
    package let version: Int64
    package let title: String
    package let up: String
    /// Nil where it cannot be undone.
    package let down: String?

    package init(version: Int64, title: String, up: String, down: String?) {
        self.version = version
        self.title = title
        self.up = up
        self.down = down
    }

    package var name: String { "\(version)_\(title)" }

    /// The migrations of a directory in the order of their versions. Files that do not end in `.sql` are ignored.
    package static func read(directory: String) throws(MigrationError) -> [Migration] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        } catch {
            throw .unreadable(path: directory)
        }
        var ups: [Int64: (title: String, file: String, text: String)] = [:]
        var downs: [Int64: (file: String, text: String)] = [:]
        for name in names where name.hasSuffix(".sql") && !name.hasPrefix(".") {
            guard let parsed = FileName(name) else { throw .malformedName(file: name) }
            guard let bytes = FileManager.default.contents(atPath: "\(directory)/\(name)"),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .unreadable(path: "\(directory)/\(name)") }
            let other = parsed.isUp ? ups[parsed.version]?.file : downs[parsed.version]?.file
            if let other { throw .duplicate(version: parsed.version, files: [other, name]) }
            if parsed.isUp {
                ups[parsed.version] = (parsed.title, name, text)
            } else {
                downs[parsed.version] = (name, text)
            }
        }
        if let orphan = downs.filter({ ups[$0.key] == nil }).min(by: { $0.key < $1.key }) {
            throw .missingUp(file: orphan.value.file)
        }
        return ups.sorted { $0.key < $1.key }.map { version, up in
            Migration(version: version, title: up.title, up: up.text, down: downs[version]?.text)
        }
    }

    private struct FileName {
        let version: Int64
        let title: String
        let isUp: Bool

        init?(_ name: String) {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1] == "up" || parts[1] == "down",
                let underscore = parts[0].firstIndex(of: "_"),
                let version = Int64(parts[0][..<underscore]), version > 0, parts[0].first?.isNumber == true
            else { return nil }
            title = String(parts[0][parts[0].index(after: underscore)...])
            guard !title.isEmpty else { return nil }
            self.version = version
            isUp = parts[1] == "up"
        }
    }
}
