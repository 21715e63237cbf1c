/*
 * Costs from Kotlin beside SQLite through JDBC, which encrypts nothing, keeps no history and puts no read on record. Both
 * hold the same bundles; SQLite as JSON with a typed, indexed table of entries (WAL, synchronous=FULL). Wall time, median
 * of the rounds, both sides in turn within each round.
 */

import dev.prm.Actor
import dev.prm.FhirImport
import dev.prm.Founder
import dev.prm.Key
import dev.prm.OpenOptions
import dev.prm.Page
import dev.prm.PatientId
import dev.prm.Prm
import dev.prm.Progress
import dev.prm.Purpose
import dev.prm.Session
import dev.prm.chart
import dev.prm.create
import dev.prm.fhir
import dev.prm.people
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.fileSize

/** Keeps answers from being optimised away. */
private var kept = 0L

fun main(arguments: Array<String>) {
    val bundles = Files.list(Path.of(arguments[0])).use { all -> all.filter { it.extension == "json" }.sorted().toList() }
    val rounds = arguments[1].toInt()
    val megabytes = bundles.sumOf { it.fileSize() } / 1e6
    val key = ByteArray(32) { 7 }

    val imports = List(rounds) { round ->
        val store = Path.of("import$round.prm")
        val database = Sqlite(Path.of("import$round.db"))
        val (prm, administrator) = Prm.create(store, OpenOptions(Key.raw(key)), Founder.System("bench"))
        val session = prm.session(Actor(administrator), Purpose.Operations)
        val ours = seconds { bundles.forEach { kept += session.fhir.importFile(FhirImport("bench"), it).bytes.toLong() } }
        val theirs = seconds { bundles.forEach { kept += database.import(it) } }
        session.close()
        prm.shutDown()
        database.close()
        theirs to ours
    }

    val last = rounds - 1
    val prm = Prm.open("import$last.prm", OpenOptions(Key.raw(key)))
    val session = prm.session(Actor(dev.prm.Who.System("bench")), Purpose.Operations)
    val database = Sqlite(Path.of("import$last.db"))
    val patient = session.people.list(Page(100u)).patients.map { it.id }.maxBy { entries(session, it) }
    val subject = database.busiest()

    val progress = Progress()
    println("\n| ${"from Kotlin, JVM ${System.getProperty("java.version")}".padEnd(44)} | SQLite, JDBC | prm | ratio |")
    println("| --- | --- | --- | --- |")
    val perMegabyte = imports.map { (a, b) -> a * 1e3 / megabytes to b * 1e3 / megabytes }
    row("import of ${"%.1f".format(megabytes)} MB of FHIR bundles, per MB, ms", perMegabyte)
    row("a call that does nothing, µs", rounds(rounds, CALLS, { null }, { progress.done().toLong() }))
    val reads = rounds(rounds, CALLS, { database.resource(subject) }, { session.people.patient(patient).version.toLong() })
    row("a patient by id, µs", reads)
    for (size in listOf(20, 200)) {
        val pages = rounds(rounds, PAGES, { database.page(subject, size) }, {
            session.chart.timeline(patient, page = Page(size.toUInt())).entries.size.toLong()
        })
        row("a page of $size of the timeline, µs", pages)
        row("  per row, µs", pages.map { (a, b) -> a?.div(size) to b / size })
    }
    println("\n($rounds rounds, medians; kept $kept)")
    session.close()
    prm.shutDown()
}

private const val CALLS = 4_000
private const val PAGES = 1_000
private const val WARMING = 5

private fun entries(session: Session, patient: PatientId): Int =
    session.chart.timeline(patient, page = Page(1000u)).entries.size

private fun seconds(work: () -> Unit): Double {
    val began = System.nanoTime()
    work()
    return (System.nanoTime() - began) / 1e9
}

/** Microseconds of one call, theirs and ours in turn, after rounds that do not count: the JVM compiles meanwhile. */
private fun rounds(count: Int, calls: Int, theirs: () -> Long?, ours: () -> Long): List<Pair<Double?, Double>> =
    List(WARMING + count) {
        val there = if (theirs() == null) null else seconds { repeat(calls) { kept += theirs() ?: 0 } } * 1e6 / calls
        there to seconds { repeat(calls) { kept += ours() } } * 1e6 / calls
    }.drop(WARMING)

private fun row(what: String, found: List<Pair<Double?, Double>>) {
    val theirs = found.mapNotNull { it.first }.sorted().let { if (it.isEmpty()) null else it[it.size / 2] }
    val ours = found.map { it.second }.sorted()[found.size / 2]
    val ratio = theirs?.let { "%.2f".format(ours / it) } ?: ""
    println("| ${what.padEnd(44)} | ${theirs?.let { "%.1f".format(it) } ?: "–"} | ${"%.1f".format(ours)} | $ratio |")
}
