import Foundation

/// The body of an `issue_comment` delivery, with what GitHub sends of it that matters and some of what does not.
struct CommentPayload {
    var action = "created"
    var commentID: Int64 = 4_000_000_077
    var text = "$usdc:250$"
    var previousText: String?
    var updatedAt = "2026-11-20T10:00:00Z"
    /// Bytes of a member that nobody reads.
    var padding = 0

    private static var author: [String: Any] {
        ["id": 502, "login": "road-runner", "type": "User", "site_admin": false]
    }

    var members: [String: Any] {
        var members: [String: Any] = [
            "action": action,
            "issue": [
                "id": 3_000_000_001, "number": 12, "title": "Brakes are missing", "body": "Downhill they are needed.",
                "html_url": "https://github.com/acme/rocket-skates/issues/12", "state": "open",
                "user": ["id": 501, "login": "wile-e", "type": "User"], "updated_at": updatedAt,
            ],
            "comment": [
                "id": commentID, "body": text, "user": Self.author, "updated_at": updatedAt,
                "html_url": "https://github.com/acme/rocket-skates/issues/12#issuecomment-\(commentID)",
            ],
            "repository": ["id": 4_100_200_300, "full_name": "acme/rocket-skates", "private": false],
            "sender": Self.author,
        ]
        if let previousText { members["changes"] = ["body": ["from": previousText]] }
        if padding > 0 { members["padding"] = String(repeating: "x", count: padding) }
        return members
    }

    var body: Data { get throws { try JSONSerialization.data(withJSONObject: members, options: .sortedKeys) } }

    /// Without one member, or with another value of it: `comment.user`.
    func body(setting path: String, to value: Any?) throws -> Data {
        func set(_ path: ArraySlice<Substring>, in members: inout [String: Any]) {
            guard let name = path.first.map(String.init) else { return }
            guard path.count > 1 else { return members[name] = value }
            var inner = members[name] as? [String: Any] ?? [:]
            set(path.dropFirst(), in: &inner)
            members[name] = inner
        }
        var members = members
        set(path.split(separator: ".")[...], in: &members)
        return try JSONSerialization.data(withJSONObject: members, options: .sortedKeys)
    }
}
