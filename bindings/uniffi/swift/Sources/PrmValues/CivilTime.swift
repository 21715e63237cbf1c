import Foundation

/// What a clock on the wall shows on a day, to the second, in no time zone.
///
/// Which moment it is depends on a zone; it is never a `Foundation.Date`. Written `2026-03-07T08:00:00`.
///
/// ```swift
/// let time = CivilTime("2026-03-07T08:00:00")!
/// print(time.day, time.hour, time.minute)  // 2026-03-07 8 0
/// ```
public struct CivilTime: WrittenAsText, Comparable {
    /// The day.
    public let day: CivilDate
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int

    /// A time of a day; nothing if no clock shows it.
    public init?(_ day: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        (self.day, self.hour, self.minute, self.second) = (day, hour, minute, second)
    }

    /// Reads `2026-03-07T08:00:00`.
    public init?(_ text: String) {
        var reader = TextReader(text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let number = reader.digits(2), let day = CivilDate(year: year, month: month, day: number),
            reader.take("T"), let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2),
            reader.take(":"), let second = reader.digits(2), reader.isAtEnd
        else { return nil }
        self.init(day, hour: hour, minute: minute, second: second)
    }

    /// The parts for Foundation's calendars.
    public var components: DateComponents {
        var parts = day.components
        (parts.hour, parts.minute, parts.second) = (hour, minute, second)
        return parts
    }

    /// The time as `2026-03-07T08:00:00`.
    public var description: String { "\(day)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }

    /// Whether a time comes before another.
    public static func < (a: CivilTime, b: CivilTime) -> Bool {
        (a.day, a.hour, a.minute, a.second) < (b.day, b.hour, b.minute, b.second)
    }
}
