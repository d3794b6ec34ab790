import ArgumentParser
import GitHubSandbox
import ServiceRuntime

extension SandboxGroup {
    struct Show: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show an issue with its comments.",
            discussion: "Its page, with everything rendered, is at the address that is shown.")
        static let settings = SandboxGroup.settings

        @Argument(help: "owner/name#number.") var issue: IssueReference
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            let view = try await SandboxClient(settings).view(issue)
            print("\(view.repository)#\(view.number) \(view.title) [\(view.state)]")
            print(view.url)
            for text in [view.text] + view.comments {
                let reactions = text.reactions.isEmpty ? "" : "  (\(text.reactions.joined(separator: " ")))"
                print("\n--- \(text.author), \(text.id)\(text.isEdited ? ", edited" : "")\(reactions)")
                let body = Self.visible(text.body)
                print(body.isEmpty ? "(no text)" : body)
            }
        }

        /// Without the comments of HTML that a page does not show, and what could move the cursor.
        static func visible(_ body: String) -> String {
            let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !($0.hasPrefix("<!--") && $0.hasSuffix("-->")) }
            let text = lines.joined(separator: "\n").unicodeScalars.map { scalar in
                scalar == "\n" || scalar.properties.generalCategory != .control ? scalar : "\u{FFFD}"
            }
            var visible = String(String.UnicodeScalarView(text))
            while visible.first?.isNewline == true { visible.removeFirst() }
            while visible.last?.isNewline == true { visible.removeLast() }
            return visible
        }
    }
}
