package dev.prm

import java.math.BigDecimal
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.OffsetDateTime
import java.time.YearMonth
import java.util.UUID
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What crosses the boundary comes back as it was. */
internal class ValuesTest {
    private fun Session.sent(entry: ChartEntry): ChartEntry {
        val patient = people.add(patient("Ortiz"))
        return chart.entry(chart.add(patient, entry)).entry
    }

    private fun measured(value: EntryValue? = null, time: When? = null) = ChartEntry(
        kind = EntryKind.Observation,
        status = EntryStatus.Planned,
        code = Concept(listOf(Coding(code = "8867-4"))),
        value = value,
        `when` = time,
    )

    @Test
    fun `decimals keep their digits`() = desk { desk ->
        for (digits in listOf("1.50", "1.5", "0.00000001", "1e3", "1E+3", "-0", "-0.0", "0.10", "120", "9".repeat(64))) {
            val quantity = Quantity(Decimal(digits))
            assertEquals(EntryValue.Quantity(quantity), desk.sent(measured(EntryValue.Quantity(quantity))).value)
            assertEquals(digits, Decimal(digits).toString())
        }
    }

    @Test
    fun `a decimal is a BigDecimal for arithmetic`() {
        assertEquals(BigDecimal("1.50"), Decimal("1.50").toBigDecimal())
        assertEquals(Decimal("1.50"), BigDecimal("1.50").toDecimal())
        assertEquals(0, Decimal("1E+3").compareTo(Decimal(1000)))
        assertTrue(Decimal("9.5") < Decimal("10"))
        assertNotEquals(Decimal("1.5"), Decimal("1.50"))
        assertEquals(1000.0, Decimal("1e3").toDouble())
        for (no in listOf("", "1.", ".5", "01", "+1", "NaN", "1e1234567890", "1".repeat(65), " 1")) {
            assertThrows(IllegalArgumentException::class.java) { Decimal(no) }
        }
    }

    @Test
    fun `times keep offset and fraction`() = desk { desk ->
        for (written in listOf(
            "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00", "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:30:00+01:00", "2026-03-08T03:00:00-04:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
            "2026-03-02T08:00:00.123456789+05:45", "2026-03-02T08:00:00.120Z",
            "2019", "2019-03", "2019-03-07", "0001", "9999-12", "2024-02-29",
        )) {
            val time = When.parse(written)
            assertEquals(written, time.toString())
            assertEquals(time, desk.sent(measured(time = time)).`when`)
        }
    }

    @Test
    fun `a time is of java_time`() {
        val moment = OffsetDateTime.parse("2026-03-02T08:00:00+01:00")
        assertEquals(When.At(moment), When.parse("2026-03-02T08:00:00+01:00"))
        assertEquals("2026-03-02T08:00:00+01:00", When.At(moment).toString())
        assertEquals(When.On(LocalDate.of(2026, 3, 2)), When.parse("2026-03-02"))
        assertEquals(LocalDate.of(2026, 3, 2).toPartialDate(), When.At(moment).date)
        assertEquals("1970-01-01T00:00:00Z", When.At(Instant.EPOCH).toString())
    }

    @Test
    fun `a date may be known in part`() {
        val year = PartialDate.parse("2020")
        assertEquals(PartialDate.Year(2020), year)
        assertEquals(LocalDate.of(2020, 12, 31), year.lastDay)
        assertEquals(LocalDate.of(2020, 2, 29), YearMonth.of(2020, 2).toPartialDate().lastDay)
        val written = listOf("2020", "2020-01", "2020-01-01", "2020-01-02", "2020-02", "2021")
        assertEquals(written, written.reversed().map(PartialDate::parse).sorted().map { it.toString() })
        assertEquals("0007", PartialDate.Year(7).toString())
        for (no in listOf("", "20", "2023-02-29", "2023-13", "0000", "10000", "2023-1", "２０２３", "-001")) {
            assertThrows(IllegalArgumentException::class.java, { PartialDate.parse(no) }, no)
        }
    }

    @Test
    fun `days and civil times are of java_time`() {
        val reckoner = Reckoner()
        val eight = LocalDateTime.of(2026, 7, 1, 8, 0)
        assertEquals(Instant.parse("2026-07-01T02:30:00Z"), reckoner.instant("Asia/Kolkata", eight))
        assertEquals(eight, reckoner.civil("Asia/Kolkata", Instant.parse("2026-07-01T02:30:00.9Z")))
        assertThrows(IllegalArgumentException::class.java) { reckoner.instant("UTC", eight.withNano(1)) }
        assertThrows(PrmException.Invalid::class.java) { reckoner.instant("UTC", eight.withYear(10_000)) }
        val rule = Rule(frequency = Frequency.DAILY, until = Until.Date(LocalDate.of(2026, 7, 3)))
        assertEquals("FREQ=DAILY;UNTIL=20260703", reckoner.ruleText(rule))
        assertEquals(rule, reckoner.parseRule("FREQ=DAILY;UNTIL=20260703"))
    }

    @Test
    fun `instances come one by one and none is lost between pages`() {
        val reckoner = Reckoner()
        val every = Recurrence(
            start = LocalDateTime.of(2026, 3, 2, 8, 0),
            zone = ClockZone.Utc,
            rule = Rule(frequency = Frequency.MINUTELY, interval = 30u),
            overrides = listOf(
                Override(ClockStamp(LocalDateTime.of(2026, 3, 7, 8, 0)), LocalDateTime.of(2026, 3, 6, 17, 0)),
            ),
        )
        val (begin, end) = listOf("2026-03-02T00:00:00Z", "2026-04-02T00:00:00Z").map(Instant::parse)
        val atOnce = reckoner.between(every, "UTC", begin, end, 10_000u)
        assertEquals(31 * 48 - 16, atOnce.instances.size)
        assertEquals(atOnce.instances, reckoner.instances(every, "UTC", begin, end).toList())
        assertEquals(atOnce.instances.take(600), reckoner.instances(every, "UTC", begin).take(600).toList())
        assertThrows(PrmException.Invalid::class.java) {
            reckoner.instances(every.copy(zone = ClockZone.Floating), "Mars/Base", begin).first()
        }
    }

    @Test
    fun `instants keep their nanoseconds`() {
        val at = Instant.parse("2026-03-02T08:00:00.123456789Z")
        assertEquals(at, ManualClock(at).now())
        for (far in listOf("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
            assertEquals(Instant.parse(far), ManualClock(Instant.parse(far)).now())
        }
    }

    @Test
    fun `text of every kind crosses unchanged`() = desk { desk ->
        for (text in listOf("👩🏽‍⚕️ Ωmega ﷺ", "é".repeat(10_000), "\u202Eright", "line\nline\ttab", "e\u0301")) {
            val entry = measured(EntryValue.Text(Sensitive(text)))
            assertEquals(entry.value, desk.sent(entry).value, "a text of ${text.length} characters")
        }
    }

    @Test
    fun `a text is not cut at NUL, and may have a megabyte`() = desk { desk ->
        val refused = assertThrows(PrmException.Invalid::class.java) { desk.people.add(patient("Or\u0000tiz")) }
        assertEquals("commands[0].names[0]", refused.info.field)
        val text = """{"resourceType":"Patient","id":"p1","text":{"div":"${"🙂é".repeat(250_000)}"}}"""
        desk.fhir.importText(FhirImport("clinic"), text)
        val id = desk.people.list().patients.single().id
        assertEquals(text, desk.fhir.resource(id.toRecordId()).expose())
    }

    @Test
    fun `ids are UUIDs with a type`() {
        val uuid = UUID.fromString("018f0000-0000-7000-8000-000000000001")
        assertEquals(PatientId(uuid), PatientId.parse("018f0000-0000-7000-8000-000000000001"))
        assertEquals(PatientId(uuid), PatientId(uuid).toRecordId().toPatientId())
        assertTrue(PatientId(uuid) < PatientId.parse("f18f0000-0000-7000-8000-000000000001"))
        for (no in listOf("", "1-1-1-1-1", "018f000000007000800000000000000100000")) {
            assertThrows(IllegalArgumentException::class.java) { PatientId.parse(no) }
        }
    }

    @Test
    fun `what is read can be edited and sent back`() = desk { desk ->
        val patient = desk.people.add(patient("Ortiz"))
        val view = desk.people.patient(patient)
        val version = desk.people.edit(patient, view.version, view.patient.copy(birthDate = PartialDate.Year(1987)))
        assertEquals(2u, version)
        assertEquals("1987", desk.people.patient(patient).patient.birthDate.toString())
        assertEquals("Ortiz", desk.people.patient(patient).patient.names[0].family?.expose())
    }
}
