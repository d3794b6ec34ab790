import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import ServiceRuntime

extension HTTPField.Name {
    /// What a write made, and what a read must show.
    static let bursarVersion = constant("Bursar-Version")
}

extension BountyBoard {
    /// How long a read waits for what its caller has written.
    private static let patience = Duration.seconds(5)

    /// The current snapshot; for a request that names a version, one that has it.
    /// - Throws: ``Problem``: 400 for what is no version, 504 where it does not come in time.
    func snapshot(for request: Request) async throws -> BountySnapshot {
        guard let text = request.headers[.bursarVersion] else { return snapshot }
        guard let version = BountyVersion(text) else {
            throw Problem(
                .badRequest, "invalid-version", title: "Invalid version",
                detail: "Bursar-Version must be that of an earlier answer: bounty/<id>@<version>")
        }
        do {
            try await withDeadline(Self.patience) { try await self.wait(for: version) }
        } catch is DeadlineExceeded {
            throw Problem(
                .gatewayTimeout, "deadline-exceeded", title: "Deadline exceeded",
                detail: "\(version) is not to be seen here yet; try again")
        } catch is TooManyWaiting {
            throw Problem.unavailable("too many requests wait for what was written; try again", retryAfter: 1)
        }
        return snapshot
    }
}
