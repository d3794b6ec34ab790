import FoundationEssentials
import Testing

/// A JSON value that a test changes at one place before it is sent.
indirect enum Payload: Sendable, Equatable {
    case object([String: Payload])
    case text(String)
    case number(Int64)
    /// JSON as it stands.
    case raw(String)

    static let null = Payload.raw("null")

    var json: String {
        switch self {
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(
                    separator: ",") + "}"
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .raw(let json): json
        }
    }

    var data: Data { Data(json.utf8) }

    /// The value with one member, `comment.user.id`, set or (nil) left out.
    func setting(_ path: String, to value: Payload?) throws -> Payload {
        try setting(path.split(separator: ".").map(String.init)[...], to: value)
    }

    private func setting(_ path: ArraySlice<String>, to value: Payload?) throws -> Payload {
        guard case .object(var members) = self, let name = path.first else { throw NoSuchMember(path: Array(path)) }
        if path.count == 1 {
            members[name] = value
        } else {
            guard let member = members[name] else { throw NoSuchMember(path: Array(path)) }
            members[name] = try member.setting(path.dropFirst(), to: value)
        }
        return .object(members)
    }

    private struct NoSuchMember: Error { var path: [String] }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\n": "\\n"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}

extension Payload {
    static func account(_ id: Int64, _ login: String, type: String = "User") -> Payload {
        .object(["id": .number(id), "login": .text(login), "type": .text(type), "site_admin": .raw("false")])
    }

    static let repository = Payload.object([
        "id": .number(4_100_200_300), "full_name": .text("acme/rocket-skates"), "private": .raw("false"),
        "owner": account(9, "acme", type: "Organization"),
    ])

    /// `issue` or `pull_request`.
    static func issue(page: String) -> Payload {
        .object([
            "id": .number(3_000_000_001), "number": .number(12), "title": .text("Brakes are missing"),
            "html_url": .text("https://github.com/acme/rocket-skates/\(page)/12"), "user": account(501, "wile-e"),
            "body": .text("Please add some.\n$usdc:250$"), "created_at": .text("2026-11-21T09:00:00Z"),
            "updated_at": .text("2026-11-21T09:30:00Z"), "labels": .raw("[{\"name\":\"bug\"}]"),
        ])
    }

    static func comment(_ action: String) -> Payload {
        .object([
            "action": .text(action), "issue": issue(page: "issues"), "repository": repository,
            "sender": account(502, "road-runner"),
            "comment": .object([
                "id": .number(77), "html_url": .text("https://github.com/acme/rocket-skates/issues/12#issuecomment-77"),
                "user": account(502, "road-runner"), "body": .text("Me too: $sol:1.5$"),
                "updated_at": .text("2026-11-21T10:00:00Z"),
            ]),
        ])
    }

    static func issues(_ action: String) -> Payload {
        .object([
            "action": .text(action), "issue": issue(page: "issues"), "repository": repository,
            "sender": account(501, "wile-e"),
        ])
    }

    static func pullRequest(_ action: String) -> Payload {
        .object([
            "action": .text(action), "number": .number(12), "pull_request": issue(page: "pull"),
            "repository": repository, "sender": account(501, "wile-e"),
        ])
    }

    /// The payload of any event that is read.
    static func of(_ event: String, _ action: String) throws -> Payload {
        switch event {
        case "issue_comment": comment(action)
        case "issues": issues(action)
        case "pull_request": pullRequest(action)
        default: throw UnknownEvent(event: event)
        }
    }

    private struct UnknownEvent: Error { var event: String }
}
