import FoundationEssentials
import GitHubSandbox
import HTTP
import HTTPTypes
import ServiceRuntime
import TestSupport
import Testing

@testable import GitHub

/// The client against a server that behaves as GitHub does.
struct GitHubClientTests {
    @Test func theAppSignsItsOwnTokens() async throws {
        try await GitHubFixture.run { fixture in
            let app = try await fixture.client.app()
            #expect(app == GitHubAppIdentity(id: GitHubFixture.appID, slug: "bursar-sandbox"))
            _ = try await fixture.client.app()
            #expect(fixture.asked("/app") == 1)
            #expect(fixture.client.state == .up)
            let found = try await fixture.client.installation(of: "acme/rocket-skates")
            #expect(found == fixture.repository.installation)
            fixture.sandbox.setInstalled(false, in: "acme/rocket-skates")
            let gone = try await fixture.client.installation(of: "acme/rocket-skates")
            #expect(gone == nil)
        }
    }

    @Test func anotherAppsKeyIsRefused() async throws {
        try await GitHubFixture.run { fixture in
            let other = try SandboxAppKey()
            let credentials = try #require(GitHubAppCredentials(id: "700001", privateKeyPEM: other.privatePEM))
            let client = GitHubClient(
                GitHubConfiguration(apiURL: fixture.client.configuration.apiURL, app: credentials), logger: .quiet)
            let refusal = try await fixture.refusal { try await client.app() }
            let tokenless = try await fixture.refusal {
                try await client.user(login: "octocat", installation: fixture.repository.installation)
            }
            try await client.close()
            #expect(refusal == .unauthorized)
            #expect(tokenless == .unauthorized)
        }
    }

    @Test func anInstallationsTokenIsAskedForOnceAndRenewedBeforeItExpires() async throws {
        try await GitHubFixture.run { fixture in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        _ = try await fixture.client.user(
                            id: Int64(index), installation: fixture.repository.installation)
                    }
                }
                try await group.waitForAll()
            }
            #expect(fixture.asked("access_tokens") == 1)
            fixture.advance(by: 54 * 60)
            _ = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(fixture.asked("access_tokens") == 1)
            fixture.advance(by: 2 * 60)
            _ = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(fixture.asked("access_tokens") == 2)
            // One that is revoked is renewed too, once for each request.
            fixture.sandbox.revokeTokens()
            _ = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(fixture.asked("access_tokens") == 3)
            fixture.sandbox.add(SandboxFault(.get, "/users/", status: .unauthorized, times: 2))
            let refusal = try await fixture.refusal {
                try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            }
            #expect(refusal == .unauthorized)
            #expect(fixture.asked("access_tokens") == 4)
        }
    }

    @Test func anInstallationThatIsGoneHasNoToken() async throws {
        try await GitHubFixture.run { fixture in
            let refusal = try await fixture.refusal { try await fixture.client.user(login: "octocat", installation: 9) }
            #expect(refusal == .forbidden)
        }
    }

    @Test func aPermissionIsTheAccountsAndNotTheLogins() async throws {
        try await GitHubFixture.run { fixture in
            let octocat = GitHubUser(id: 583_231, login: "octocat")
            var permission = try await fixture.client.permission(of: octocat, in: fixture.repository)
            #expect(permission == .admin)
            #expect(permission.canWrite)
            let runner = GitHubUser(id: 502, login: "road-runner")
            permission = try await fixture.client.permission(of: runner, in: fixture.repository)
            #expect(permission == .read)
            #expect(!permission.canWrite)
            // Somebody else took the login; the account has another one now.
            fixture.advance(by: 61)
            fixture.sandbox.set(.init(id: 583_231, login: "octo-puss"))
            fixture.sandbox.set(.init(id: 99, login: "octocat"))
            permission = try await fixture.client.permission(of: octocat, in: fixture.repository)
            #expect(permission == .admin)
            permission = try await fixture.client.permission(
                of: .init(id: 99, login: "octocat"), in: fixture.repository)
            #expect(permission == .read)
            permission = try await fixture.client.permission(of: .init(id: 7, login: "nobody"), in: fixture.repository)
            #expect(permission == .none)
            permission = try await fixture.client.permission(of: .init(id: 8, login: "../app"), in: fixture.repository)
            #expect(permission == .none)
        }
    }

    @Test func aPermissionIsBelievedForAMinute() async throws {
        try await GitHubFixture.run { fixture in
            let runner = GitHubUser(id: 502, login: "road-runner")
            for _ in 0..<3 { _ = try await fixture.client.permission(of: runner, in: fixture.repository) }
            #expect(fixture.asked("/collaborators/") == 1)
            try fixture.sandbox.perform(
                .setPermission(repository: "acme/rocket-skates", login: "road-runner", permission: "write"))
            fixture.advance(by: 61)
            let permission = try await fixture.client.permission(of: runner, in: fixture.repository)
            #expect(permission == .write)
            #expect(fixture.asked("/collaborators/") == 2)
        }
    }

    @Test func whatHasNotChangedIsAskedForByItsTag() async throws {
        try await GitHubFixture.run { fixture in
            for _ in 0..<3 {
                let user = try await fixture.client.user(
                    login: "octocat", installation: fixture.repository.installation)
                #expect(user?.id == 583_231)
            }
            #expect(
                fixture.sandbox.apiRequests.filter { $0.path == "/users/octocat" }.map(\.status) == [200, 304, 304])
            fixture.sandbox.set(.init(id: 583_232, login: "octocat"))
            fixture.sandbox.set(.init(id: 583_231, login: "renamed"))
            let user = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(user?.id == 583_232)
            let nobody = try await fixture.client.user(login: "nobody", installation: fixture.repository.installation)
            #expect(nobody == nil)
        }
    }

    @Test func aCommentIsMadeFoundAndEdited() async throws {
        try await GitHubFixture.run { fixture in
            for index in 1...230 {
                try fixture.sandbox.perform(
                    .comment(repository: "acme/rocket-skates", number: 1, body: "comment \(index)", by: "octocat"))
            }
            let made = try await fixture.client.createComment("ours", on: fixture.issue)
            #expect(made.app == GitHubFixture.appID)
            #expect(made.author?.login == "bursar-sandbox[bot]")
            // It is on the third page.
            let found = try await fixture.client.firstComment(of: fixture.issue) { $0.app == GitHubFixture.appID }
            #expect(found == made)
            #expect(fixture.asked("page=3") == 1)
            let none = try await fixture.client.firstComment(of: fixture.issue) { $0.body == "nothing" }
            #expect(none == nil)
            try await fixture.client.editComment(made.id, to: "ours, edited", in: fixture.repository)
            let view = try fixture.sandbox.view(repository: "acme/rocket-skates", number: 1)
            #expect(view.comments.last?.body == "ours, edited")
            // Somebody else's cannot be.
            let theirs = try #require(view.comments.first?.id)
            let refusal = try await fixture.refusal {
                try await fixture.client.editComment(theirs, to: "taken over", in: fixture.repository)
            }
            #expect(refusal == .forbidden)
        }
    }

    @Test func aReactionIsPutOnce() async throws {
        try await GitHubFixture.run { fixture in
            let comment = try fixture.sandbox.perform(
                .comment(repository: "acme/rocket-skates", number: 1, body: "x", by: "octocat"))
            for _ in 0..<2 {
                try await fixture.client.react(.rocket, to: .comment(id: comment.comment ?? 0), in: fixture.repository)
                try await fixture.client.react(.confused, to: .issue(number: 1), in: fixture.repository)
            }
            let view = try fixture.sandbox.view(repository: "acme/rocket-skates", number: 1)
            #expect(view.comments.first?.reactions == ["rocket"])
            #expect(view.text.reactions == ["confused"])
        }
    }

    @Test func aRenamedRepositoryIsStillFound() async throws {
        try await GitHubFixture.run { fixture in
            let made = try await fixture.client.createComment("first", on: fixture.issue)
            try fixture.sandbox.perform(.renameRepository("acme/rocket-skates", to: "jet-skates", by: "octocat"))
            try await fixture.client.editComment(made.id, to: "edited", in: fixture.repository)
            _ = try await fixture.client.createComment("second", on: fixture.issue)
            let view = try fixture.sandbox.view(repository: "acme/jet-skates", number: 1)
            #expect(view.comments.map(\.body) == ["edited", "second"])
            let permission = try await fixture.client.permission(
                of: .init(id: 583_231, login: "octocat"), in: fixture.repository)
            #expect(permission == .admin)
        }
    }

    @Test func whatIsGoneOrOutOfReachIsNotFound() async throws {
        try await GitHubFixture.run { fixture in
            let made = try await fixture.client.createComment("first", on: fixture.issue)
            try fixture.sandbox.perform(.makeRepository(fullName: "acme/elsewhere", by: "octocat"))
            fixture.sandbox.setInstalled(false, in: "acme/elsewhere")
            try fixture.sandbox.perform(
                .transferIssue(repository: "acme/rocket-skates", number: 1, to: "acme/elsewhere", by: "octocat"))
            let edit = try await fixture.refusal {
                try await fixture.client.editComment(made.id, to: "edited", in: fixture.repository)
            }
            #expect(edit == .notFound)
            let create = try await fixture.refusal { try await fixture.client.createComment("x", on: fixture.issue) }
            #expect(create == .notFound)
            let closing = try await fixture.client.closing(of: fixture.issue)
            #expect(closing == nil)
            try fixture.sandbox.perform(
                .openIssue(repository: "acme/rocket-skates", title: "2", body: "", by: "octocat"))
            try fixture.sandbox.perform(.deleteIssue(repository: "acme/rocket-skates", number: 2, by: "octocat"))
            let gone = try await fixture.refusal {
                try await fixture.client.createComment("x", on: .init(repository: fixture.repository, number: 2))
            }
            #expect(gone == .notFound)
            #expect(!(GitHubError(.notFound, "").isTemporary))
        }
    }

    @Test func aTokenIsNeverSentElsewhere() async throws {
        try await GitHubFixture.run { fixture in
            fixture.sandbox.add(
                SandboxFault(
                    .get, "/users/octocat", status: .found, headers: [.location: "http://evil.example/steal"]))
            let refusal = try await fixture.refusal {
                try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            }
            #expect(refusal == .malformed)
        }
    }

    // MARK: - What goes wrong

    @Test func whatMayBeRepeatedIsOnServerErrors() async throws {
        try await GitHubFixture.run { fixture in
            fixture.sandbox.add(SandboxFault(.get, "/users/", status: .badGateway, times: 2))
            let user = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(user?.id == 583_231)
            fixture.sandbox.add(SandboxFault(.get, "/users/", status: .serviceUnavailable, times: 3))
            let refusal = try await fixture.refusal {
                try await fixture.client.user(login: "road-runner", installation: fixture.repository.installation)
            }
            #expect(refusal == .unavailable)
            #expect(GitHubError(.unavailable, "").isTemporary)
        }
    }

    @Test func aCommentIsNeverMadeTwiceByItself() async throws {
        try await GitHubFixture.run { fixture in
            // It is there, and the answer is lost.
            fixture.sandbox.add(SandboxFault(.post, "/comments", status: .badGateway, takesEffect: true))
            let refusal = try await fixture.refusal { try await fixture.client.createComment("x", on: fixture.issue) }
            #expect(refusal == .unavailable)
            let view = try fixture.sandbox.view(repository: "acme/rocket-skates", number: 1)
            #expect(view.comments.map(\.body) == ["x"])
        }
    }

    @Test func whoAnswersTooSlowlyIsUnavailable() async throws {
        try await GitHubFixture.run {
            $0.requestTimeout = .seconds(2)
            $0.maximumAttempts = 1
        } _: { fixture in
            fixture.sandbox.add(SandboxFault(.get, "/users/", delay: .seconds(10)))
            let start = ContinuousClock.now
            let refusal = try await fixture.refusal {
                try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            }
            #expect(refusal == .unavailable)
            #expect(ContinuousClock.now - start < .seconds(8))
            #expect(fixture.client.state.isDown)
            let user = try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            #expect(user != nil)
            #expect(fixture.client.state == .up)
        }
    }

    @Test func anAnswerThatIsNoneIsSaidToBe() async throws {
        try await GitHubFixture.run { fixture in
            for body in ["", "<html>", "{}", #"{"id":"1","login":"a"}"#] {
                fixture.sandbox.add(SandboxFault(.get, "/users/", status: .ok, body: body))
                let refusal = try await fixture.refusal {
                    try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
                }
                #expect(refusal == .malformed)
            }
        }
    }

    @Test func withinALimitNothingIsAsked() async throws {
        try await GitHubFixture.run { fixture in
            func ask() async throws -> GitHubError.Code? {
                try await fixture.refusal {
                    try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
                }
            }
            fixture.sandbox.add(
                SandboxFault(
                    .get, "/users/", status: .forbidden, headers: [.constant("Retry-After"): "30"],
                    body: #"{"message":"secondary"}"#))
            guard case .rateLimited(let until) = try await ask() else {
                Issue.record("no limit was seen")
                return
            }
            #expect(abs(until.timeIntervalSince(fixture.clock.now) - 30) < 5)
            let count = fixture.sandbox.apiRequests.count
            try await expectLimited(ask())
            #expect(fixture.sandbox.apiRequests.count == count)
            // The app itself may ask.
            _ = try await fixture.client.app()
            fixture.advance(by: 31)
            let after = try await ask()
            #expect(after == nil)
        }
    }

    private func expectLimited(_ code: GitHubError.Code?) {
        guard case .rateLimited = code else {
            Issue.record("expected a limit, found \(String(describing: code))")
            return
        }
    }

    @Test func aUsedUpHourIsWaitedFor() async throws {
        try await GitHubFixture.run { fixture in
            fixture.sandbox.configureAPI {
                $0.hourlyLimit = 3
                $0.window = 600
            }
            for login in ["octocat", "road-runner", "wile-e-coyote"] {
                _ = try await fixture.client.user(login: login, installation: fixture.repository.installation)
            }
            let count = fixture.sandbox.apiRequests.count
            // The last answer said that nothing remains: the next is not even asked.
            let refusal = try await fixture.refusal {
                try await fixture.client.user(login: "octocat", installation: fixture.repository.installation)
            }
            guard case .rateLimited(let until) = refusal else {
                Issue.record("no limit was seen")
                return
            }
            #expect(abs(until.timeIntervalSince(fixture.clock.now) - 600) < 10)
            #expect(fixture.sandbox.apiRequests.count == count)
        }
    }
}
