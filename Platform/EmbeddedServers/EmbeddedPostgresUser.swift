import Glibc

/// A user of this machine.
struct SystemUser: Sendable, Equatable {
    let name: String
    let id: uid_t
    let groupID: gid_t

    init?(named name: String) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        // Enough for any entry; a longer one counts as not found.
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        self.name = name
        id = entry.pw_uid
        groupID = entry.pw_gid
    }

    /// PostgreSQL refuses to run as root. Nil where we are not root, and it runs as ourselves.
    static func forPostgres() throws -> SystemUser? {
        guard geteuid() == 0 else { return nil }
        guard let user = SystemUser(named: "postgres") ?? SystemUser(named: "nobody"), user.id != 0 else {
            throw EmbeddedPostgresError("PostgreSQL does not run as root, and there is no user postgres or nobody")
        }
        return user
    }
}
