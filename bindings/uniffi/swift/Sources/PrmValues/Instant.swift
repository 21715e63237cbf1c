import Foundation

/// A moment all zones agree on, to the nanosecond.
///
/// `Foundation.Date` is a floating-point number of seconds and loses digits; this loses none. Written as RFC 3339 in UTC.
///
/// ```swift
/// let moment = Instant("2026-03-02T09:00:00.000000001Z")!
/// print(moment.nanoseconds, moment.date)
/// ```
public struct Instant: WrittenAsText, Comparable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let seconds: Int64
    /// Nanoseconds after that, less than a billion.
    public let nanoseconds: UInt32

    /// A moment by its seconds and nanoseconds; nothing if there are a billion nanoseconds or more.
    public init?(seconds: Int64, nanoseconds: UInt32 = 0) {
        guard nanoseconds < 1_000_000_000 else { return nil }
        (self.seconds, self.nanoseconds) = (seconds, nanoseconds)
    }

    /// The moment of a `Date`, to the nanosecond that is nearest to it.
    public init(_ date: Date) {
        let whole = date.timeIntervalSince1970.rounded(.down)
        let part = ((date.timeIntervalSince1970 - whole) * 1e9).rounded()
        let carry: Int64 = part >= 1e9 ? 1 : 0
        seconds = Int64(whole) + carry
        nanoseconds = carry == 1 ? 0 : UInt32(part)
    }

    /// The moment now, as the system clock has it.
    public static var now: Instant { Instant(Date()) }

    /// Reads RFC 3339, as `2026-03-02T09:00:00Z` or with an offset.
    public init?(_ text: String) {
        guard let time = OffsetTime(text) else { return nil }
        self = time.instant
    }

    /// The nearest `Date`.
    public var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds) + TimeInterval(nanoseconds) / 1e9) }

    /// The moment as RFC 3339 in UTC, with as many digits of the second as it needs.
    public var description: String { written(offset: 0) + "Z" }

    /// Whether a moment comes before another.
    public static func < (a: Instant, b: Instant) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }

    /// Local date and time at an offset from UTC.
    func written(offset: Int) -> String {
        let local = Int(seconds) + offset
        let days = Int((Double(local) / 86_400).rounded(.down))
        let (year, month, day) = Calendars.civil(fromDays: days)
        let (hour, rest) = (local - days * 86_400).quotientAndRemainder(dividingBy: 3600)
        let (minute, second) = rest.quotientAndRemainder(dividingBy: 60)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        return "\(date)T\(time)\(fraction)"
    }

    private var fraction: String {
        let part = Int(nanoseconds)
        switch part {
        case 0: return ""
        case _ where part % 1_000_000 == 0: return "." + padded(part / 1_000_000, 3)
        case _ where part % 1000 == 0: return "." + padded(part / 1000, 6)
        default: return "." + padded(part, 9)
        }
    }
}

/// A moment with the offset from UTC it was written in.
public struct OffsetTime: WrittenAsText {
    /// The moment.
    public let instant: Instant
    /// Seconds east of UTC: whole minutes, less than a day.
    public let offset: Int

    /// A moment at an offset in seconds; nothing if that is no whole minute, or a day or more.
    public init?(_ instant: Instant, offset: Int) {
        guard abs(offset) < 86_400, offset % 60 == 0 else { return nil }
        (self.instant, self.offset) = (instant, offset)
    }

    /// The moment of a `Date` as a clock in a zone shows it, the offset cut to whole minutes.
    public init(_ date: Date, in zone: TimeZone) {
        (instant, offset) = (Instant(date), zone.secondsFromGMT(for: date) / 60 * 60)
    }

    /// Reads RFC 3339, as `2026-03-02T09:00:00+01:00`. A leap second is read as the second before it.
    public init?(_ text: String) {
        var reader = TextReader(text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), (1...12).contains(month), day >= 1,
            day <= CivilDate.days(inMonth: month, of: year), reader.take("T"),
            let hour = reader.digits(2), hour < 24, reader.take(":"), let minute = reader.digits(2), minute < 60,
            reader.take(":"), let second = reader.digits(2), second <= 60
        else { return nil }
        var nanoseconds: UInt32 = 0
        if reader.take(".") {
            guard let digits = reader.someDigits() else { return nil }
            var place: UInt32 = 100_000_000
            for digit in digits.prefix(9) {
                nanoseconds += UInt32(digit - UInt8(ascii: "0")) * place
                place /= 10
            }
        }
        guard let offset = OffsetTime.offset(reading: &reader), reader.isAtEnd else { return nil }
        let days = Calendars.days(fromCivil: year, month, day)
        let local = days * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
        guard let instant = Instant(seconds: Int64(local - offset), nanoseconds: nanoseconds) else { return nil }
        self.init(instant, offset: offset)
    }

    private static func offset(reading reader: inout TextReader) -> Int? {
        if reader.take("Z") { return 0 }
        let west = reader.next == UInt8(ascii: "-")
        guard reader.take(west ? "-" : "+"), let hours = reader.digits(2), hours < 24, reader.take(":"),
            let minutes = reader.digits(2), minutes < 60
        else { return nil }
        return (west ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The moment as it was written, with `Z` for no offset.
    public var description: String {
        guard offset != 0 else { return instant.description }
        let (hours, minutes) = (abs(offset) / 3600, abs(offset) / 60 % 60)
        return "\(instant.written(offset: offset))\(offset < 0 ? "-" : "+")\(padded(hours, 2)):\(padded(minutes, 2))"
    }
}

/// A moment with its offset, or a date known to the year, month or day, as in FHIR `dateTime`.
///
/// Written `2019`, `2019-03`, `2019-03-07` or `2019-03-07T13:28:17-05:00`.
public enum When: WrittenAsText {
    /// A moment.
    case at(OffsetTime)
    /// A date of which perhaps only a part is known.
    case on(PartialDate)

    /// Reads either.
    public init?(_ text: String) {
        if let date = PartialDate(text) {
            self = .on(date)
        } else if let time = OffsetTime(text) {
            self = .at(time)
        } else {
            return nil
        }
    }

    /// The moment of a `Date`, written in UTC.
    public init(_ date: Date) {
        self = .at(OffsetTime(date, in: .gmt))
    }

    /// The text of either.
    public var description: String {
        switch self {
        case .at(let time): time.description
        case .on(let date): date.description
        }
    }
}
