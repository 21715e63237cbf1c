package dev.prm

import java.nio.file.Path
import kotlin.io.path.writeText
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

internal class CoroutinesTest {
    /** Runs a test and fails it rather than wait for ever. */
    private fun test(work: suspend kotlinx.coroutines.CoroutineScope.() -> Unit) =
        runBlocking { withTimeout(60.seconds, work) }

    private fun changed(event: Event) = (event as Event.Changed).value.id

    @Test
    fun `suspending calls do their work on another thread`() = desk { desk ->
        test {
            val ids = List(20) { n -> async { desk.suspending.people.add(patient("Family$n")) } }.awaitAll()
            assertEquals(ids.toSet(), desk.suspending.people.list(Page(100u)).patients.map { it.id }.toSet())
            val here = Thread.currentThread()
            assertNotEquals(here, offThread { Thread.currentThread() })
        }
    }

    @Test
    fun `a call that the library refuses throws in the coroutine`() = desk { desk ->
        assertThrows(PrmException.Invalid::class.java) { runBlocking { desk.suspending.people.list(Page(0u)) } }
    }

    @Test
    fun `what is committed before a flow is collected is told`() = desk { desk ->
        test {
            val changes = desk.changes()
            val ana = desk.people.add(patient("Ortiz"))
            val ben = desk.people.add(patient("Berg"))
            val told = changes.take(2).toList().map(::changed)
            assertEquals(listOf(ana.toRecordId(), ben.toRecordId()), told)
            assertEquals(told, changes.take(2).toList().map(::changed), "a second collector is told the same")
            assertEquals(ben.toRecordId(), changed(desk.changes(after = sequenceOf(changes.first())).first()))
        }
    }

    private fun sequenceOf(event: Event) = (event as Event.Changed).value.sequence

    @Test
    fun `no change is missed while a flow is collected`() = desk { desk ->
        test {
            val changes = desk.changes()
            val told = async { changes.take(100).toList().map(::changed) }
            val added = List(100) { desk.suspending.people.add(patient("Family$it")).toRecordId() }
            assertEquals(added, told.await())
        }
    }

    @Test
    fun `a collector that is cancelled ends its subscription`() = desk { desk ->
        test {
            val told = Channel<Event>(Channel.UNLIMITED)
            val collector = launch { desk.changes().collect(told::send) }
            while (told.tryReceive().isFailure) {
                desk.people.add(patient("Ortiz"))
                yield()
            }
            collector.cancel()
            collector.join()
            assertTrue(collector.isCancelled)
        }
    }

    @Test
    fun `a flow ends when the store is shut down`() = test {
        val (prm, administrator) = Prm.openMemory(options(), Founder.System("desk"))
        val session = prm.session(Actor(administrator), Purpose.Operations)
        val changes = session.changes()
        val collected = async(Dispatchers.Default) { changes.toList() }
        prm.shutDown()
        assertEquals(emptyList<Event>(), collected.await())
        session.close()
        prm.close()
    }

    @Test
    fun `an import that is cancelled stops and keeps what it committed`(@TempDir folder: Path) = desk { desk ->
        val file = folder.resolve("patients.ndjson")
        file.writeText(
            (1..PATIENTS).joinToString("\n") { """{"resourceType":"Patient","id":"p$it","name":[{"family":"F$it"}]}""" },
        )
        val what = FhirImport("clinic")
        test {
            val progress = Progress()
            val import = async(Dispatchers.Default) { desk.suspending.fhir.importFile(what, file, progress) }
            while (progress.done() == 0uL) yield()
            import.cancel()
            assertThrows(CancellationException::class.java) { runBlocking { import.await() } }
            val kept = desk.upkeep.stats().patients
            assertTrue(kept < PATIENTS.toULong(), "$kept were imported before it stopped")
            val report = desk.suspending.fhir.importFile(what, file)
            val patients = report.types.single { it.kind == "Patient" }
            assertEquals(PATIENTS.toULong(), patients.added + patients.unchanged)
            assertEquals(kept, patients.unchanged)
        }
    }

    @Test
    fun `an import that is cancelled through its progress says so`() = desk { desk ->
        test {
            val progress = Progress()
            progress.cancel()
            val refused = runCatching { desk.suspending.fhir.importText(FhirImport("clinic"), "{}", progress) }
            assertTrue(refused.exceptionOrNull() is PrmException.Cancelled, "$refused")
        }
    }

    @Test
    fun `a store is made, opened and salvaged without blocking`(@TempDir folder: Path) = test {
        val path = folder.resolve("clinic.prm")
        Prm.suspending.create(path, options(), Founder.System("desk")).prm.use(Prm::shutDown)
        Prm.suspending.open(path, options()).use(Prm::shutDown)
        val salvaged = Prm.suspending.salvage(path, folder.resolve("new.prm"), options())
        assertTrue(salvaged.rows > 0uL && salvaged.lost.isEmpty())
        val stopped = Progress().apply { cancel() }
        val refused = runCatching {
            Prm.suspending.salvage(path, folder.resolve("none.prm"), options().copy(progress = stopped))
        }
        assertTrue(refused.exceptionOrNull() is PrmException.Cancelled, "$refused")
    }

    @Test
    fun `an export that is cancelled says so and leaves no file`(@TempDir folder: Path) = desk { desk ->
        val ana = desk.people.add(Patient())
        val file = folder.resolve("ana.json")
        test {
            val progress = Progress()
            progress.cancel()
            val refused = runCatching { desk.suspending.fhir.exportFile(ana, ExportFormat.BUNDLE, file, progress) }
            assertTrue(refused.exceptionOrNull() is PrmException.Cancelled, "$refused")
            assertEquals(0, folder.toFile().list()!!.size)
            val report = desk.suspending.fhir.exportFile(ana, ExportFormat.BUNDLE, file)
            assertEquals(1uL, report.resources)
            assertEquals(listOf("ana.json"), folder.toFile().list()!!.toList())
        }
    }

    @Test
    fun `progress of work that ended can be used again`() = desk { desk ->
        test {
            val progress = Progress()
            val text = """{"resourceType":"Patient","id":"p1"}"""
            repeat(2) { desk.suspending.fhir.importText(FhirImport("clinic"), text, progress) }
            assertEquals(text.length.toULong(), progress.done())
        }
    }

    private companion object {
        const val PATIENTS = 20_000
    }
}
