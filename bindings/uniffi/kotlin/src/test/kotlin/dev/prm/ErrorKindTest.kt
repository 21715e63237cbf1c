package dev.prm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

internal class ErrorKindTest {
    private val classes = PrmException::class.java.declaredClasses.filter { PrmException::class.java.isAssignableFrom(it) }

    private fun thrown(of: Class<*>): PrmException {
        val info = ErrorInfo("code", "It went wrong.", "Mend it.", Retry.NEVER, "names", 1u, 2u, "pdata", "00ab")
        return of.getDeclaredConstructor(ErrorInfo::class.java).newInstance(info) as PrmException
    }

    @Test
    fun `every kind has a class of its own`() {
        assertEquals(24, ErrorKind.entries.size)
        val kinds = classes.associate { it.simpleName to thrown(it).kind }
        assertEquals(24, kinds.size)
        assertEquals(ErrorKind.entries.toSet(), kinds.values.toSet())
        kinds.forEach { (name, kind) -> assertEquals(name.lowercase(), kind.name.replace("_", "").lowercase()) }
    }

    @Test
    fun `every kind has a code, a hint and advice`() {
        assertEquals(24, ErrorKind.entries.map { it.code }.toSet().size)
        ErrorKind.entries.forEach { kind ->
            assertEquals(kind.name.lowercase(), kind.code)
            assertTrue(kind.advice.endsWith("."), kind.advice)
        }
        assertEquals(Retry.AFTER_RELOAD, ErrorKind.CONFLICT.retry)
    }

    @Test
    fun `every kind crosses from the library as its class`() {
        val crossed = ErrorKind.entries.map { kind ->
            val thrown = assertThrows(PrmException::class.java) { failWith(kind.code) }
            assertSame(kind, thrown.kind)
            assertEquals(kind.advice, thrown.info.advice)
            thrown.javaClass
        }
        assertEquals(24, crossed.toSet().size)
        assertThrows(PrmException.Invalid::class.java) { failWith("no such kind") }
    }

    @Test
    fun `a defect of the library reaches the host as an exception and the store goes on`() = desk { desk ->
        assertThrows(InternalException::class.java) { rehearseDefect() }
        assertEquals(0uL, desk.upkeep.stats().patients)
    }

    @Test
    fun `the sentence is what an exception says`() {
        val thrown = thrown(PrmException.Corrupted::class.java)
        assertEquals("It went wrong.", thrown.message)
        assertEquals("It went wrong.", thrown.toString())
        assertEquals("pdata", thrown.info.table)
        assertEquals("00ab", thrown.info.key)
    }

    @Test
    fun `what the library refuses arrives as its kind with particulars`(@TempDir folder: Path) {
        val path = folder.resolve("clinic.prm")
        val absent = assertThrows(PrmException.NotAStore::class.java) { Prm.open(path, options()) }
        assertSame(ErrorKind.NOT_A_STORE, absent.kind)
        assertEquals(ErrorKind.NOT_A_STORE.advice, absent.info.advice)
        assertNull(absent.info.field)
        Prm.create(path, options(), Founder.System("desk")).prm.use(Prm::shutDown)
        val other = OpenOptions(Key.raw(ByteArray(32) { 8 }))
        assertThrows(PrmException.WrongKey::class.java) { Prm.open(path, other) }
        desk { desk ->
            val ana = desk.people.add(patient("Ortiz"))
            val conflict = assertThrows(PrmException.Conflict::class.java) { desk.people.edit(ana, 3u, patient("Ortiz")) }
            assertEquals(3u, conflict.info.expected)
            assertEquals(1u, conflict.info.found)
            assertEquals(Retry.AFTER_RELOAD, conflict.retry)
            assertEquals("conflict", conflict.code)
            val invalid = assertThrows(PrmException.Invalid::class.java) { desk.people.list(Page(0u)) }
            assertEquals("page.limit", invalid.info.field)
            assertTrue("page.limit" in invalid.toString(), invalid.toString())
        }
        assertThrows(PrmException.Invalid::class.java) { Key.raw(ByteArray(31)) }
    }
}
