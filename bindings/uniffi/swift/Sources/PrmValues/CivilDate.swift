import Foundation

/// A day of the Gregorian calendar, years 1 to 9999, in no time zone.
///
/// A date of birth is such a day. It is never a `Foundation.Date`, which is a moment and another day elsewhere.
///
/// ```swift
/// let day = CivilDate("1987-04-02")!
/// print(day.year, day, day.adding(days: 30))  // 1987 1987-04-02 1987-05-02
/// ```
public struct CivilDate: WrittenAsText, Comparable {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// A day; nothing if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= CivilDate.days(inMonth: month, of: year) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `1987-04-02`.
    public init?(_ text: String) {
        guard let date = PartialDate(text), let day = date.civilDate else { return nil }
        self = day
    }

    /// The day it is at a moment in a time zone; nothing outside years 1 to 9999.
    public init?(_ date: Date, in zone: TimeZone) {
        let local = date.addingTimeInterval(TimeInterval(zone.secondsFromGMT(for: date)))
        self.init(daysSince1970: Int((local.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    /// The day so many days after 1970-01-01; nothing outside years 1 to 9999.
    public init?(daysSince1970 days: Int) {
        let (year, month, day) = Calendars.civil(fromDays: days)
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01.
    public var daysSince1970: Int { Calendars.days(fromCivil: year, month, day) }

    /// The day so many days on, or back; nothing outside years 1 to 9999.
    public func adding(days: Int) -> CivilDate? {
        CivilDate(daysSince1970: daysSince1970 + days)
    }

    /// The parts for Foundation's calendars.
    public var components: DateComponents { DateComponents(year: year, month: month, day: day) }

    /// The day as `1987-04-02`.
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// Whether a day comes before another.
    public static func < (a: CivilDate, b: CivilDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A date of which the month or the day may be unknown, as in FHIR `date`.
///
/// Written `2019`, `2019-03` or `2019-03-07`.
///
/// ```swift
/// let born = PartialDate("1987-04")!
/// print(born.year, born.month as Any, born.day as Any)  // 1987 Optional(4) nil
/// ```
public enum PartialDate: WrittenAsText, Comparable {
    /// The year alone is known. A text gives 1 to 9999; others are refused by the library.
    case inYear(Int)
    /// Year and month are known.
    case inMonth(year: Int, month: Int)
    /// The whole date is known.
    case day(CivilDate)

    /// Reads `2019`, `2019-03` or `2019-03-07`; nothing if there is no such date.
    public init?(_ text: String) {
        var reader = TextReader(text)
        guard let date = PartialDate(reading: &reader), reader.isAtEnd else { return nil }
        self = date
    }

    init?(reading reader: inout TextReader) {
        guard let year = reader.digits(4), (1...9999).contains(year) else { return nil }
        guard reader.take("-") else {
            self = .inYear(year)
            return
        }
        guard let month = reader.digits(2), (1...12).contains(month) else { return nil }
        guard reader.take("-") else {
            self = .inMonth(year: year, month: month)
            return
        }
        guard let day = reader.digits(2), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        self = .day(date)
    }

    /// The year.
    public var year: Int {
        switch self {
        case .inYear(let year), .inMonth(let year, _): year
        case .day(let date): date.year
        }
    }

    /// The month, if known.
    public var month: Int? {
        switch self {
        case .inYear: nil
        case .inMonth(_, let month): month
        case .day(let date): date.month
        }
    }

    /// The day of the month, if known.
    public var day: Int? { civilDate?.day }

    /// The whole date, if known.
    public var civilDate: CivilDate? {
        if case .day(let date) = self { date } else { nil }
    }

    /// The date as `2019`, `2019-03` or `2019-03-07`.
    public var description: String {
        switch self {
        case .inYear(let year): padded(year, 4)
        case .inMonth(let year, let month): "\(padded(year, 4))-\(padded(month, 2))"
        case .day(let date): date.description
        }
    }

    /// By the start of their span, then the coarser first.
    public static func < (a: PartialDate, b: PartialDate) -> Bool {
        (a.year, a.month ?? 0, a.day ?? 0) < (b.year, b.month ?? 0, b.day ?? 0)
    }
}

/// Days and dates of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
enum Calendars {
    static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
