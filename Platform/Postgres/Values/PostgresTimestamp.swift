import FoundationEssentials

/// A `timestamptz`: microseconds since 2000-01-01 00:00 UTC, as PostgreSQL keeps it.
struct PostgresTimestamp: Equatable {
    let microseconds: Int64

    /// `Date` counts seconds from 2001-01-01, a leap year later.
    private static let epochOffset: Double = 366 * 86_400

    /// Nil where it is further away than 64 bits of microseconds.
    init?(_ date: Date) {
        let seconds = date.timeIntervalSinceReferenceDate + Self.epochOffset
        guard let microseconds = Int64(exactly: (seconds * 1e6).rounded()) else { return nil }
        self.microseconds = microseconds
    }

    var date: Date {
        // Whole seconds and the rest apart: the product of a large count and 1e-6 would round twice.
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(timeIntervalSinceReferenceDate: Double(seconds) - Self.epochOffset + Double(rest) / 1e6)
    }

    /// `2026-01-31 23:59:59.000001+00`, perhaps with a ` BC` behind it: DateStyle ISO in the time zone UTC, which every
    /// connection of ours sets. Nil for anything else, and for the infinities.
    init?(text: String) {
        let isBC = text.hasSuffix(" BC")
        let parts = text.dropLast(isBC ? 3 : 0).split(separator: " ")
        guard parts.count == 2, parts[1].hasSuffix("+00") else { return nil }
        let date = parts[0].split(separator: "-").compactMap { Int64($0) }
        let time = parts[1].dropLast(3).split(separator: ".")
        let clock = time[0].split(separator: ":").compactMap { Int64($0) }
        guard date.count == 3, clock.count == 3, time.count <= 2 else { return nil }
        var fraction: Int64 = 0
        if time.count == 2 {
            guard time[1].utf8.count <= 6, let digits = Int64(time[1]) else { return nil }
            fraction = (time[1].utf8.count..<6).reduce(digits) { value, _ in value * 10 }
        }
        let year = isBC ? 1 - date[0] : date[0]
        let days = Self.days(year: year, month: date[1], day: date[2])
        let seconds = days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
        microseconds = seconds * 1_000_000 + fraction
    }

    /// Days from 2000-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `days_from_civil`, whose epoch 1970-01-01 is 10,957 days earlier).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468 - 10_957
    }
}
