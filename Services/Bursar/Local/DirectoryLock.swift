import Glibc

/// Held while a `bursar up` runs in a data directory. The kernel lets go of it when the process ends, however it ends.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    init(_ directory: DataDirectory) throws {
        let path = directory.file("lock")
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw FileError(path: path, errno: reason) }
            throw AlreadyRunning(directory: directory.path)
        }
    }

    deinit { close(descriptor) }
}

struct AlreadyRunning: Error, CustomStringConvertible {
    let directory: String

    var description: String { "another bursar up is running with \(directory); stop it, or set data.directory (DATA_DIRECTORY)" }
}
