import FoundationEssentials
import GitHubSandbox
import NIOHTTP1
import Testing

@testable import GitHub

struct RateLimitsTests {
    private static let now = Date(timeIntervalSince1970: 1_795_260_000)

    private static func at(_ seconds: TimeInterval) -> Date { now.addingTimeInterval(seconds) }

    @Test func whatGitHubNamesIsWaitedFor() {
        var limits = RateLimits()
        #expect(limits.blocked(.app, at: Self.now) == nil)
        #expect(limits.refused(.app, until: Self.at(30), at: Self.now) == Self.at(30))
        #expect(limits.blocked(.app, at: Self.at(29)) == Self.at(30))
        #expect(limits.blocked(.app, at: Self.at(30)) == nil)
        #expect(limits.blocked(.installation(1), at: Self.now) == nil)
    }

    @Test func whereItNamesNothingEachWaitIsLonger() {
        var limits = RateLimits()
        var time = Self.now
        for seconds in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            let until = limits.refused(.installation(1), until: nil, at: time)
            #expect(until.timeIntervalSince(time) == TimeInterval(seconds))
            time = until
        }
        limits.answered(.installation(1), remaining: 10, reset: nil, at: time)
        #expect(limits.refused(.installation(1), until: nil, at: time).timeIntervalSince(time) == 60)
    }

    @Test func nothingIsAskedThatWouldBeRefused() {
        var limits = RateLimits()
        limits.answered(.app, remaining: 1, reset: Self.at(60), at: Self.now)
        #expect(limits.blocked(.app, at: Self.now) == nil)
        limits.answered(.app, remaining: 0, reset: Self.at(60), at: Self.now)
        #expect(limits.blocked(.app, at: Self.at(59)) == Self.at(60))
        #expect(limits.blocked(.app, at: Self.at(60)) == nil)
    }

    static let verdicts: [(Int, HTTPHeaders, String, AnswerVerdict)] = [
        (200, [:], "", .success), (201, [:], "", .success), (304, [:], "", .notModified),
        (301, ["Location": "https://x/y"], "", .redirect("https://x/y")), (302, [:], "", .serverError),
        (401, [:], "", .unauthorized), (500, [:], "", .serverError), (503, [:], "", .serverError),
        (403, ["Retry-After": "60"], "", .limited(until: at(60))),
        (429, ["Retry-After": "5"], "", .limited(until: at(5))),
        (403, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795260100"], "", .limited(until: at(101))),
        (429, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795260100"], "", .limited(until: at(101))),
        // A reset that is past, or absurd.
        (403, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"], "", .limited(until: at(1))),
        (403, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"], "", .limited(until: at(3_600))),
        (403, ["Retry-After": "999999"], "", .limited(until: at(3_600))),
        (403, ["X-RateLimit-Remaining": "0"], "", .limited(until: nil)),
        (429, [:], "", .limited(until: nil)),
        (
            403, ["X-RateLimit-Remaining": "4000"],
            #"{"message":"…","documentation_url":"https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"}"#,
            .limited(until: nil)
        ),
        (
            403, ["X-RateLimit-Remaining": "4000"], #"{"message":"Resource not accessible by integration"}"#,
            .failure(GitHubError(.forbidden, "403 Resource not accessible by integration"))
        ),
        (404, [:], #"{"message":"Not Found"}"#, .failure(GitHubError(.notFound, "404 Not Found"))),
        (410, [:], "<html>", .failure(GitHubError(.notFound, "410"))),
        (422, [:], #"{"message":"Validation Failed"}"#, .failure(GitHubError(.refused, "422 Validation Failed"))),
        (451, [:], "", .failure(GitHubError(.forbidden, "451"))),
    ]

    @Test(arguments: verdicts.indices) func anAnswerMeansWhatGitHubDocuments(index: Int) {
        let (status, headers, body, verdict) = Self.verdicts[index]
        #expect(AnswerVerdict(status: status, headers: headers, body: Data(body.utf8), now: Self.now) == verdict)
    }

    @Test(arguments: [
        ("<https://api.github.com/x?page=2>; rel=\"next\"", "https://api.github.com/x?page=2"),
        ("<https://a/x?page=1>; rel=\"prev\"", nil), ("", nil), ("nonsense", nil),
    ])
    func theNextPageIsTheOneOfTheLinkHeader(link: String, next: String?) {
        #expect(GitHubAnswer(status: 200, headers: ["Link": link], body: Data()).nextPage == next)
    }

    @Test(arguments: [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://ghe.example/api/v3", "https://ghe.example/api/graphql"),
    ])
    func graphQLIsBesideREST(api: String, graphQL: String) throws {
        let credentials = try #require(
            GitHubAppCredentials(id: "1", privateKeyPEM: try GitHubFixture.key.get().privatePEM))
        #expect(GitHubConfiguration(apiURL: api, app: credentials).graphQLURL == graphQL)
    }

    @Test(arguments: ["", "acme", "acme/", "/x", "a/b/c", "../x", "a/..", "a b/c", "a/b?c", "a/b#", "ä/b", "a/b%2f"])
    func whatIsNoNameOfARepositoryIsNeverInAPath(name: String) {
        #expect(throws: GitHubError.self) { try RepositoryPath(name) }
    }
}
