package dev.prm

import java.nio.file.Path
import kotlin.io.path.readLines
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Gives texts that tell which of them were printed. */
internal class Marks {
    private val places = mutableListOf<String>()

    val size: Int get() = places.size

    /** A text that stands at `place`: a type and a member of it. */
    fun mark(place: String): String = "mark${places.size}mark".also { places.add(place) }

    /** Where the marks stood that a text shows. */
    fun shown(text: String): Set<String> =
        Regex("mark(\\d+)mark").findAll(text).map { places[it.groupValues[1].toInt()] }.toSet()
}

/** Content of records does not print: every text of every type is given a mark, and no mark may turn up. */
internal class RedactionTest {
    @Test
    fun `no text of a record prints but what says nothing of a person`() {
        val marks = Marks()
        val samples = samples(marks)
        assertTrue(samples.size > 80, "only ${samples.size} types")
        assertTrue(marks.size > 1000, "only ${marks.size} texts were marked")
        val shown = samples.values.flatten().flatMap { marks.shown(it.toString()) }.toSet()
        assertEquals(PRINTS.sorted().joinToString("\n"), shown.sorted().joinToString("\n"))
    }

    @Test
    fun `a value prints its type and members`() {
        assertEquals("Page(limit=20, after=Cursor(…))", Page(20u, Cursor("mark")).toString())
        assertEquals("Treatment", Purpose.Treatment.toString())
        assertEquals("Sensitive(…)", patient("Ortiz").names[0].family.toString())
    }

    @Test
    fun `keys, founders and exports do not print`() {
        val options = OpenOptions(Key.passphrase("mark words mark"))
        assertFalse("words" in "${options.key} $options")
        val founder = Practitioner(names = listOf(HumanName(text = Sensitive("mark"))))
        assertFalse("mark" in "${Founder.Practitioner(founder)}")
        val exported = Exported(ExportReport(1uL, 1uL, 0uL, 0uL), Sensitive("mark"))
        assertEquals("Sensitive(…)", exported.text.toString())
        assertFalse("mark" in "$exported")
    }

    @Test
    fun `no error tells content`(@TempDir folder: Path) {
        val failed = mutableListOf<Throwable>()
        fun fails(call: () -> Any?) = failed.add(assertThrows(Exception::class.java) { call() })
        val long = "mark".repeat(100_000)
        desk { desk ->
            val ana = desk.people.add(patient("mark"))
            fails { desk.people.edit(ana, 9u, patient("mark")) }
            fails { desk.people.add(patient(long)) }
            fails { desk.execute(Command.AddPatient(ana, patient("mark"))) }
            fails { desk.chart.add(ana, goal().copy(kind = EntryKind.Other("mark mark"))) }
            fails { desk.chart.add(ana, goal().copy(status = EntryStatus.EnteredInError)) }
            fails { desk.chart.add(ana, goal().copy(title = Sensitive(long))) }
            fails { desk.chart.add(ana, goal().copy(note = Sensitive(long))) }
            fails { desk.chart.add(ana, goal().copy(value = EntryValue.Text(Sensitive(long)))) }
            fails { desk.people.search(PatientSearch(phone = Sensitive("mark")), 5u) }
            fails { desk.people.list(Page(1u, Cursor("mark"))) }
            fails { desk.fhir.importFile(FhirImport("clinic"), folder.resolve("mark")) }
            fails { desk.fhir.importText(FhirImport(" "), "mark") }
        }
        fails { PatientId.parse("mark") }
        fails { PatientId.parse("mark0000-0000-0000-0000-000000000000") }
        fails { PartialDate.parse("mark") }
        fails { PartialDate.parse("mark-03-12") }
        fails { When.parse("markT") }
        fails { Decimal("mark") }
        assertTrue(failed.size >= 18, "only ${failed.size} calls failed")
        for (error in failed) {
            val whole = generateSequence(error) { it.cause }.joinToString { "$it ${it.message} ${it.localizedMessage}" }
            assertFalse("mark" in whole, whole)
        }
    }

    private fun goal() =
        ChartEntry(kind = EntryKind.Goal, status = EntryStatus.Active, title = Sensitive("mark"))

    private companion object {
        /** Members whose text prints, with the reason; codes that this version does not know print as well. */
        val PRINTS: Set<String> = project().resolve("bindings/prints.txt").readLines().filterNot { it.startsWith("#") }
            .map { line -> line.substringBefore(": ") }
            .map { place ->
                val (type, variant) = (place.split("::") + "").take(2)
                when {
                    variant.isEmpty() -> place
                    '.' in variant -> "$type.${variant.substringAfter('.')}"
                    else -> "$type.${variant.replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").lowercase()}"
                }
            }
            .toSet() + "code"
    }
}
