import Foundation
import Prm
import Testing

@Suite struct Values {
    @Test func aDateIsNoMoment() throws {
        let day = try #require(CivilDate("1987-04-02"))
        #expect((day.year, day.month, day.day) == (1987, 4, 2))
        #expect(day.adding(days: 30)?.description == "1987-05-02")
        #expect(CivilDate("2000-02-29")?.adding(days: 366)?.description == "2001-03-01")
        #expect(CivilDate("9999-12-31")?.adding(days: 1) == nil)
        #expect(CivilDate("0001-01-01")?.adding(days: -1) == nil)
        let newYear = Date(timeIntervalSince1970: 0)
        #expect(CivilDate(newYear, in: try #require(TimeZone(secondsFromGMT: -3600)))?.description == "1969-12-31")
        #expect(CivilDate(newYear, in: .gmt)?.description == "1970-01-01")
    }

    @Test func everyDayIsCountedOnce() throws {
        let first = try #require(CivilDate("0001-01-01")), last = try #require(CivilDate("9999-12-31"))
        #expect(last.daysSince1970 - first.daysSince1970 + 1 == 3_652_059)
        var day = try #require(CivilDate("1999-12-31"))
        for _ in 0..<1500 {
            let next = try #require(day.adding(days: 1))
            #expect(next > day && next.daysSince1970 == day.daysSince1970 + 1)
            #expect(CivilDate(next.description) == next)
            day = next
        }
    }

    @Test(arguments: ["0001", "1987-04", "2000-02-29", "9999-12-31"])
    func aPartialDateIsWrittenAsItWasRead(text: String) throws {
        #expect(try #require(PartialDate(text)).description == text)
        #expect(try #require(When(text)).description == text)
    }

    @Test(arguments: [
        "", "0000", "19", "1999-13", "1999-00", "1999-02-29", "1900-02-29", "1999-2-3", "+999", "1999-02-03T",
    ])
    func anImpossibleDateIsNone(text: String) {
        #expect(PartialDate(text) == nil)
        #expect(When(text) == nil)
    }

    @Test func datesSortByTheStartOfTheirSpan() {
        let dates = ["1999-01-02", "1999", "1999-01", "1998-12-31", "1999-01-01"].compactMap { PartialDate($0) }
        #expect(
            dates.sorted().map(\.description) == ["1998-12-31", "1999", "1999-01", "1999-01-01", "1999-01-02"])
    }

    @Test(arguments: [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.500Z",
        "2026-03-29T02:30:00+01:00", "2026-03-02T08:00:00.000001-05:30", "2010-05-03T10:11:12+14:00",
    ])
    func aTimeKeepsItsOffsetAndEveryNanosecond(text: String) throws {
        #expect(try #require(OffsetTime(text)).description == text)
        #expect(try #require(When(text)).description == text)
    }

    @Test func aTimeStandsForAMoment() throws {
        let time = try #require(OffsetTime("2026-03-29T02:30:00.5+01:00"))
        #expect(time.instant.description == "2026-03-29T01:30:00.500Z")
        #expect(time.instant.date == Date(timeIntervalSince1970: 1_774_747_800.5))
        #expect(Instant(time.instant.date) == time.instant)
        #expect(Instant(Date(timeIntervalSince1970: -0.25)).description == "1969-12-31T23:59:59.750Z")
        #expect(OffsetTime("2016-12-31T23:59:60Z")?.description == "2016-12-31T23:59:59Z")
        #expect(OffsetTime("2026-03-29T24:00:00Z") == nil && OffsetTime("2026-02-29T00:00:00Z") == nil)
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(OffsetTime(time.instant.date, in: berlin).description == "2026-03-29T03:30:00.500+02:00")
    }

    @Test func aCivilTimeIsWhatAClockShows() throws {
        let eight = try #require(CivilTime("2026-07-01T08:00:00"))
        #expect(eight.day == CivilDate("2026-07-01") && (eight.hour, eight.minute, eight.second) == (8, 0, 0))
        #expect(eight.description == "2026-07-01T08:00:00" && eight == CivilTime(eight.day, hour: 8))
        #expect(try #require(CivilTime(eight.day, hour: 7, minute: 59, second: 59)) < eight)
        #expect(eight.components.hour == 8 && eight.components.month == 7)
        for text in [
            "2026-07-01", "2026-07-01T24:00:00", "2026-07-01T08:00:60", "2026-07-01T08:00:00Z", "2026-02-29T00:00:00",
        ] {
            #expect(CivilTime(text) == nil, "\(text)")
        }
        let reckoner = Reckoner()
        let moment = try reckoner.instant(zone: "Asia/Kolkata", civil: eight)
        #expect(moment.description == "2026-07-01T02:30:00Z")
        #expect(try reckoner.civil(zone: "Asia/Kolkata", at: moment) == eight)
    }

    @Test func instancesComeOneByOneAndNoneIsLostBetweenPages() throws {
        let reckoner = Reckoner()
        let moved = Override(
            stamp: ClockStamp(civil: try #require(CivilTime("2026-03-07T08:00:00"))),
            to: CivilTime("2026-03-06T17:00:00"))
        let every = Recurrence(
            start: try #require(CivilTime("2026-03-02T08:00:00")), zone: .utc,
            rule: Rule(frequency: .minutely, interval: 30), overrides: [moved])
        let begin = try #require(Instant("2026-03-02T00:00:00Z")), end = try #require(Instant("2026-04-02T00:00:00Z"))
        let atOnce = try reckoner.between(recurrence: every, zone: "UTC", from: begin, to: end, limit: 10_000)
        #expect(atOnce.instances.count == 31 * 48 - 16 && !atOnce.cutOff)
        #expect(Array(try reckoner.instances(of: every, zone: "UTC", from: begin, to: end)) == atOnce.instances)
        let some = try reckoner.instances(of: every, zone: "UTC", from: begin).prefix(600)
        #expect(Array(some) == Array(atOnce.instances.prefix(600)))
        #expect(throws: PrmError.self) {
            try reckoner.instances(of: every.with(zone: .floating), zone: "Mars/Base", from: begin)
        }
    }

    @Test func aDecimalKeepsItsDigits() throws {
        let weight = try #require(ExactDecimal("71.50"))
        #expect(weight.description == "71.50" && weight != ExactDecimal("71.5"))
        #expect(weight.hasValue(of: try #require(ExactDecimal("71.5"))))
        #expect(weight.decimal == Decimal(string: "71.5"))
        for text in ["", ".5", "1.", "01", "+1", "1e", "1e+", "NaN", "1 ", "--1", "1e9999999999"] {
            #expect(ExactDecimal(text) == nil, "\(text)")
        }
    }

    @Test func anIdIsWrittenInLowerCase() throws {
        let text = "018f0000-0000-7000-8000-00000000abcd"
        #expect(try #require(PatientId(text)).description == text)
        #expect(PatientId(text.uppercased()) == PatientId(text))
        #expect(PatientId("018f") == nil)
        #expect(try #require(PatientId(text)) < #require(PatientId("018f0000-0000-7000-8000-00000000abce")))
    }

    @Test func textsCrossUnchanged() throws {
        let session = try administrator(of: memory())
        let ana = try session.people.add(Patient())
        for text in ["🙂👩‍👩‍👧‍👦", "a\0b", "e\u{301}", "é", "שלום", "\u{1F1E9}\u{1F1EA}"] {
            let id = try session.chart.add(
                ana, entry: ChartEntry(kind: .goal, status: .active, title: "t", note: Sensitive(text)))
            let found = try #require(try session.chart.entry(id).entry.note)
            #expect(Array(found.exposed.utf8) == Array(text.utf8))
        }
    }

    @Test func aMillionBytesCrossUnchanged() throws {
        let session = try administrator(of: memory())
        let text = String(repeating: "0123456789abcde\n", count: 65_536)
        let report = try session.fhir.importText(
            FhirImport(source: "test"),
            text: #"{"resourceType":"Patient","id":"a","text":{"div":"\#(text.replacing("\n", with: "n"))"}}"#)
        #expect(report.bytes > 1_048_576 && report.refusedCount == 0)
        let row = try #require(try session.people.list(Page(limit: 5)).patients.first)
        let resource = try session.fhir.resource(RecordId(row.id.uuid))
        #expect(resource.exposed.contains(text.replacing("\n", with: "n")))
    }

    @Test func anEditKeepsWhatIsNotNamed() throws {
        let name = HumanName(family: "Ortiz", given: ["Ana"])
        let patient = Patient(names: [name], birthDate: PartialDate("1987-04"), gender: .female)
        let edited = patient.with(active: false, gender: .some(nil))
        #expect(edited.names == [name] && edited.birthDate == PartialDate("1987-04"))
        #expect(edited.gender == nil && !edited.active && patient.active)
    }
}
