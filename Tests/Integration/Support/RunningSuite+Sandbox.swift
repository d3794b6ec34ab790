import Events
import Foundation
import TestSupport
import Testing

/// What people do at the stand-in for GitHub, by the commands that the README tells of.
extension RunningSuite {
    @discardableResult
    func sandbox(_ arguments: String...) async throws -> String {
        let outcome = try await command(["sandbox"] + arguments)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)")
        return outcome.output
    }

    /// A command beside the suite.
    func command(_ arguments: [String]) async throws -> Executable.Outcome {
        try await Executable.run(arguments + ["--data-directory", directory.path])
    }

    /// The issue, once it says something. The app has one comment there by then, at most.
    @discardableResult
    func wait(for text: String, in issue: String) async throws -> String {
        var shown = ""
        do {
            try await poll(within: .seconds(90)) {
                shown = try await sandbox("show", issue)
                return shown.contains(text)
            }
        } catch {
            Issue.record("\(text) is not in:\n\(shown)\n\(log.suffix(8_000))")
            throw error
        }
        #expect(Self.statusComments(in: shown) <= 1, "\(shown)")
        return shown
    }

    /// How many comments the app has there.
    static func statusComments(in shown: String) -> Int { shown.split(separator: "--- bursar-sandbox[bot]").count - 1 }

    /// All bounties, once there are so many, in order of their amounts.
    func bounties(_ count: Int) async throws -> [BountyRecord] {
        var found: [BountyRecord] = []
        try await poll(within: .seconds(60)) {
            found = try await bounties()
            return found.count == count
        }
        return found.sorted { $0.amount < $1.amount }
    }
}
