import Glibc
import Synchronization

/// The value of `Date` (RFC 9110, section 6.6.1), made once in a second.
final class DateHeader: Sendable {
    private struct Made {
        var second: time_t
        var text: String
    }

    private let made = Mutex(Made(second: -1, text: ""))

    var now: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return text(of: time.tv_sec)
    }

    /// - Parameter second: Since 1970.
    func text(of second: Int) -> String {
        made.withLock { made in
            if made.second != second { made = Made(second: second, text: Self.format(second)) }
            return made.text
        }
    }

    private static func format(_ second: time_t) -> String {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        var text = [CChar](repeating: 0, count: 64)
        // English, as no locale is ever set.
        let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
