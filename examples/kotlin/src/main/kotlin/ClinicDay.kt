/*
 * A day at a clinic: makes an encrypted store, imports the records of nine synthetic patients, finds one by a misspelt
 * name, pages through their journey, edits their record while another session follows the changes, and draws the journey.
 *
 * Run by `bash bindings/uniffi/kotlin/test.sh`, or, once that has installed the library into the local Maven repository:
 *
 *     mvn package && java -jar target/app/clinic-day.jar ../data/synthea
 *
 * Each step checks its own result; the program fails if one is wrong.
 */

import dev.prm.Actor
import dev.prm.EntryView
import dev.prm.Event
import dev.prm.FhirImport
import dev.prm.Founder
import dev.prm.HumanName
import dev.prm.Key
import dev.prm.OpenOptions
import dev.prm.Organisation
import dev.prm.OrganisationId
import dev.prm.Page
import dev.prm.PatientId
import dev.prm.PatientSearch
import dev.prm.Practitioner
import dev.prm.PractitionerId
import dev.prm.Prm
import dev.prm.PrmException
import dev.prm.Progress
import dev.prm.Purpose
import dev.prm.Session
import dev.prm.Who
import dev.prm.changes
import dev.prm.chart
import dev.prm.create
import dev.prm.fhir
import dev.prm.info
import dev.prm.people
import dev.prm.sensitive
import dev.prm.suspending
import java.nio.file.Files
import java.nio.file.Path
import java.security.SecureRandom
import kotlin.io.path.extension
import kotlin.io.path.fileSize
import kotlin.io.path.name
import kotlin.io.path.writeText
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

fun main(arguments: Array<String>) {
    val bundles = Path.of(arguments.singleOrNull() ?: "../data/synthea")
    try {
        runBlocking { day(bundles) }
    } catch (refused: PrmException) {
        System.err.println("clinic-day: $refused\n  what to do: ${refused.info.advice}")
        exitProcess(1)
    }
}

private suspend fun day(bundles: Path) {
    // An app keeps the key in the key store of its platform, or asks for a passphrase.
    val key = ByteArray(32).also(SecureRandom()::nextBytes)
    val (prm, administrator) = Prm.create(Path.of("clinic.prm"), OpenOptions(Key.raw(key)), Founder.System("clinic-day"))
    prm.use {
        val office = prm.session(Actor(administrator, app = "clinic-day"), Purpose.Operations)
        val (clinic, doctor) = furnish(office)
        import(office, clinic, bundles)
        val ida = prm.session(Actor(Who.Practitioner(doctor), app = "clinic-day"), Purpose.Treatment)
        val patient = find(ida)
        page(ida, patient)
        edit(ida, patient)
        draw(ida, patient)
        ida.close()
        office.close()
        prm.shutDown()
    }
    println("\nShut down.")
}

/** The clinic and its doctor, who may treat the patients it manages. */
private fun furnish(office: Session): Pair<OrganisationId, PractitionerId> {
    val clinic = office.people.addOrganisation(Organisation(name = "Riverside clinic"))
    val name = HumanName(given = listOf("Ida".sensitive()), family = "Berg".sensitive())
    return clinic to office.people.addPractitioner(Practitioner(names = listOf(name), organisations = listOf(clinic)))
}

/** Imports every bundle, with progress. */
private suspend fun import(office: Session, clinic: OrganisationId, bundles: Path) {
    val files = Files.list(bundles).use { all -> all.filter { it.extension == "json" }.sorted().toList() }
    println("Importing ${files.size} bundles (Synthea: synthetic patients, no real people):")
    val what = FhirImport(source = "synthea", managingOrganisation = clinic)
    var resources = 0uL
    for (file in files) {
        val report = coroutineScope {
            val progress = Progress()
            val watch = launch {
                while (true) {
                    delay(200.milliseconds)
                    println("  ${100u * progress.done() / progress.total().coerceAtLeast(1u)} %  ${file.name}")
                }
            }
            office.suspending.fhir.importFile(what, file, progress).also { watch.cancel() }
        }
        check(report.refusedCount == 0uL) { "${report.refusedCount} records of ${file.name} were refused" }
        check(report.bytes == file.fileSize().toULong()) { "${file.name} was not read to its end" }
        resources += report.types.filter { it.kind != "Bundle" }.sumOf { it.added + it.changed + it.unchanged }
    }
    println("  $resources resources, the text of each kept byte for byte.")
    check(resources > 1_000uL) { "only $resources resources came in" }
}

/** Finds a patient by a name typed wrong. */
private suspend fun find(doctor: Session): PatientId {
    val typed = "jutson eichman"
    println("\nSearching for \"$typed\":")
    val hits = doctor.suspending.people.search(PatientSearch(text = typed.sensitive()), limit = 5u)
    hits.forEach { println("  ${it.patient.name.expose()}, born ${it.patient.birthDate}: ${it.reason}") }
    val best = hits.firstOrNull()?.patient
    check(best != null && "Eichmann" in best.name.expose()) { "the patient was not found" }
    return best.id
}

/** Pages through the journey, newest first. */
private suspend fun page(doctor: Session, patient: PatientId) {
    println("\nThe journey, newest first:")
    val chart = doctor.suspending.chart
    var found = chart.timeline(patient, page = Page(limit = 12u))
    found.entries.forEach { println("  ${line(it)}") }
    val seen = found.entries.map { it.id }.toMutableSet()
    var count = found.entries.size
    while (true) {
        val next = found.next ?: break
        found = chart.timeline(patient, page = Page(limit = 200u, after = next))
        count += found.entries.size
        seen += found.entries.map { it.id }
    }
    println("  ... $count entries in all")
    check(count > 50 && seen.size == count) { "$count entries, ${seen.size} of them different" }
    check(chart.problems(patient).isNotEmpty() && chart.medications(patient).isNotEmpty()) { "a list is empty" }
}

private fun line(view: EntryView): String {
    val date = view.entry.`when`?.date?.toString() ?: "undated"
    return "${date.padEnd(10)} ${view.entry.title.expose()}"
}

/** Edits the record while another coroutine follows what is committed. */
private suspend fun edit(doctor: Session, patient: PatientId) = coroutineScope {
    val changes = doctor.changes()
    val told = async { withTimeout(1.minutes) { changes.first() } }
    val view = doctor.suspending.people.patient(patient)
    val nickname = HumanName(text = "Jud".sensitive())
    val version = doctor.suspending.people.edit(patient, view.version, view.patient.copy(names = view.patient.names + nickname))
    val change = (told.await() as Event.Changed).value
    println("\nEdited: version $version. The change as it was told: $change")
    check(change.id == patient.toRecordId() && change.version == version) { "another change was told" }
    val stale = runCatching { doctor.people.edit(patient, view.version, view.patient) }.exceptionOrNull()
    check(stale is PrmException.Conflict) { "an edit of an old version was taken" }
    println("An edit of version ${view.version} is refused: $stale")
}

/** Draws the journey into a file. */
private fun draw(doctor: Session, patient: PatientId) {
    val svg = doctor.chart.journeySvg(patient, zone = "America/New_York")
    check(svg.startsWith("<svg") && svg.trimEnd().endsWith("</svg>")) { "that is no picture" }
    Path.of("journey.svg").writeText(svg)
    println("\nWrote journey.svg (${svg.length / 1024} KB).")
}
