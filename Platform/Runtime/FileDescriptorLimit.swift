import Glibc

/// How many files and sockets the process may have open.
package enum FileDescriptorLimit {
    /// Raises the soft limit (often 1,024) to the hard one: every connection is a descriptor.
    /// - Returns: The limit then.
    @discardableResult
    package static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 0 }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        if setrlimit(resource, &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }
}
