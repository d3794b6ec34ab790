import Glibc

/// Where finished log lines go: standard error, a line in one write, so that lines of several threads never mix.
enum LogSink {
    static func write(_ line: String) {
        var line = line
        line.append("\n")
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
                // A log that cannot be written has nowhere to complain.
                guard count > 0 || (count < 0 && errno == EINTR) else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[max(count, 0)...])
            }
        }
    }
}
