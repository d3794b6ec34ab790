import FoundationEssentials

/// A time in UTC to the millisecond, of the years 0 to 9999, and its RFC 3339 text.
///
/// By itself, as every event has several: Foundation's formats take ten times as long.
struct WireTime {
    private static let millisecondsOfDay: Int64 = 86_400_000
    /// From 1970 to 2001, Foundation's reference.
    private static let reference: Int64 = 978_307_200_000
    /// Years 0 to 9999 of the proleptic Gregorian calendar.
    private static let range: Range<Int64> = -62_167_219_200_000..<253_402_300_800_000

    /// Since 1970.
    private let milliseconds: Int64

    /// Nil outside of the years.
    init?(_ date: Date) {
        let exact = (date.timeIntervalSinceReferenceDate * 1000).rounded()
        guard exact.magnitude < 1e15 else { return nil }
        milliseconds = Int64(exact) + Self.reference
        guard Self.range.contains(milliseconds) else { return nil }
    }

    var date: Date { Date(timeIntervalSinceReferenceDate: Double(milliseconds - Self.reference) / 1000) }

    /// `YYYY-MM-DDTHH:MM:SS`, a fraction or none, and `Z`; of a fraction nine digits count, rounded to milliseconds.
    init?(text: String) {
        var text = text
        let found = text.withUTF8 { bytes -> Int64? in
            guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
                bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
                bytes[bytes.count - 1] == UInt8(ascii: "Z"),
                let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
                let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
                let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
                1...12 ~= month, 1...Self.days(of: month, in: year) ~= day, hour < 24, minute < 60, second < 60
            else { return nil }
            var fraction = 0.0
            if bytes.count > 20 {
                let digits = bytes[20..<(bytes.count - 1)]
                guard bytes[19] == UInt8(ascii: "."), !digits.isEmpty, Self.number(digits.prefix(9)) != nil,
                    digits.allSatisfy(Self.isDigit)
                else { return nil }
                fraction = Double(Self.number(digits.prefix(9)) ?? 0)
                for _ in digits.prefix(9) { fraction /= 10 }
            }
            let seconds = hour * 3600 + minute * 60 + second
            return Self.dayNumber(year, month, day) * Self.millisecondsOfDay + seconds * 1000
                + Int64((fraction * 1000).rounded())
        }
        guard let found else { return nil }
        milliseconds = found
    }

    var text: String {
        let day = (milliseconds - Self.range.lowerBound) / Self.millisecondsOfDay
        var rest = (milliseconds - Self.range.lowerBound) % Self.millisecondsOfDay
        let (year, month, dayOfMonth) = Self.civil(day + Self.range.lowerBound / Self.millisecondsOfDay)
        return String(unsafeUninitializedCapacity: 24) { bytes in
            var index = 0
            func put(_ value: Int64, _ width: Int, _ end: Unicode.Scalar) {
                var value = value
                for position in stride(from: index + width - 1, through: index, by: -1) {
                    bytes[position] = UInt8(ascii: "0") + UInt8(value % 10)
                    value /= 10
                }
                bytes[index + width] = UInt8(ascii: end)
                index += width + 1
            }
            func take(_ unit: Int64) -> Int64 {
                defer { rest %= unit }
                return rest / unit
            }
            put(year, 4, "-")
            put(month, 2, "-")
            put(dayOfMonth, 2, "T")
            put(take(3_600_000), 2, ":")
            put(take(60_000), 2, ":")
            put(take(1000), 2, ".")
            put(rest, 3, "Z")
            return index
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func number(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func days(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Howard Hinnant, "chrono-compatible low-level date algorithms": years that begin in March, in eras of 400.

    /// Days since 1970.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
