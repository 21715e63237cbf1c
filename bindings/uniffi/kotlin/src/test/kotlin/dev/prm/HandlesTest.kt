package dev.prm

import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

internal class HandlesTest {
    @Test
    fun `a second opener is told that the store is open`(@TempDir folder: Path) {
        val path = folder.resolve("clinic.prm")
        Prm.create(path, options(), Founder.System("desk")).prm.use {
            assertThrows(PrmException.AlreadyOpen::class.java) { Prm.open(path, options()) }
        }
        Prm.open(path, options()).use(Prm::shutDown)
    }

    @Test
    fun `a store that is shut down refuses every call of its sessions`(@TempDir folder: Path) {
        val (prm, administrator) = Prm.create(folder.resolve("clinic.prm"), options(), Founder.System("desk"))
        val session = prm.session(Actor(administrator), Purpose.Operations)
        prm.shutDown()
        assertThrows(PrmException.Closed::class.java) { session.people.list() }
        assertThrows(PrmException.Closed::class.java) { prm.shutDown() }
        assertThrows(PrmException.Closed::class.java) { session.changes() }
    }

    @Test
    fun `a handle that is closed is not used again, and closing it twice does nothing`() {
        val (prm, administrator) = Prm.openMemory(options(), Founder.System("desk"))
        val session = prm.session(Actor(administrator), Purpose.Operations)
        session.close()
        session.close()
        assertThrows(IllegalStateException::class.java) { session.people.list() }
        prm.close()
    }

    @Test
    fun `the store is closed with the last handle`(@TempDir folder: Path) {
        val path = folder.resolve("clinic.prm")
        val (prm, administrator) = Prm.create(path, options(), Founder.System("desk"))
        val session = prm.session(Actor(administrator), Purpose.Operations)
        prm.close()
        assertEquals(0, session.people.list().patients.size)
        assertThrows(PrmException.AlreadyOpen::class.java) { Prm.open(path, options()) }
        session.close()
        Prm.open(path, options()).close()
    }

    @Test
    fun `a handle that was forgotten is closed when it is collected`(@TempDir folder: Path) {
        val path = folder.resolve("clinic.prm")
        forget(path)
        // Collection is asked for, not ordered: as often as it takes.
        repeat(ROUNDS) {
            System.gc()
            try {
                return Prm.open(path, options()).close()
            } catch (_: PrmException.AlreadyOpen) {
                Thread.sleep(PAUSE_MILLIS)
            }
        }
        throw AssertionError("the store is still open")
    }

    private fun forget(path: Path) {
        val (prm, administrator) = Prm.create(path, options(), Founder.System("desk"))
        prm.session(Actor(administrator), Purpose.Operations).people.add(patient("Ortiz"))
    }

    @Test
    fun `sixteen threads share a session`() = desk { desk ->
        val threads = Executors.newFixedThreadPool(THREADS)
        try {
            val work = List(THREADS) { n ->
                Callable {
                    List(EACH) {
                        val id = desk.people.add(patient("Family$n"))
                        assertEquals("Family$n", desk.people.patient(id).patient.names[0].family?.expose())
                        id
                    }
                }
            }
            val ids = threads.invokeAll(work).flatMap { it.get() }
            assertEquals(THREADS * EACH, ids.toSet().size)
        } finally {
            threads.shutdown()
        }
        assertEquals(THREADS * EACH, desk.people.list(Page(1000u)).patients.size)
    }

    @Test
    fun `a page follows the page before`() = desk { desk ->
        repeat(7) { desk.people.add(patient("Family$it")) }
        val seen = mutableListOf<PatientId>()
        var page: Page? = Page(3u)
        while (page != null) {
            val found = desk.people.list(page)
            assertTrue(found.patients.size <= 3)
            seen.addAll(found.patients.map { it.id })
            page = found.next?.let { Page(3u, it) }
        }
        assertEquals(7, seen.toSet().size)
    }

    private companion object {
        const val ROUNDS = 600
        const val PAUSE_MILLIS = 50L
        const val THREADS = 16
        const val EACH = 10
    }
}
