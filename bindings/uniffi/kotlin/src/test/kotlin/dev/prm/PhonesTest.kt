package dev.prm

import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What an app on a phone needs: letting go of a store in the background, and keeping its key ring out of backups. */
internal class PhonesTest {
    private val key get() = Key.raw(ByteArray(32) { 7 })

    @Test
    fun `a store that is suspended lets go of its files, and sessions go on when it is resumed`(@TempDir folder: Path) {
        val path = folder.resolve("clinic.prm")
        val (prm, administrator) = Prm.create(path, options(), Founder.System("desk"))
        val desk = prm.session(Actor(administrator), Purpose.Operations)
        val ana = desk.people.add(patient("Ortiz"))
        prm.suspend()
        assertThrows(PrmException.Busy::class.java) { desk.people.patient(ana) }
        Prm.open(path, options()).use(Prm::shutDown)
        assertThrows(PrmException.WrongKey::class.java) { prm.resume(Key.raw(ByteArray(32))) }
        prm.resume(key)
        assertEquals(1u, desk.people.patient(ana).version)
        prm.shutDown()
    }

    @Test
    fun `a flow of changes goes on after the store was suspended`(@TempDir folder: Path) = runBlocking {
        withTimeout(60.seconds) {
            val (prm, administrator) = Prm.create(folder.resolve("clinic.prm"), options(), Founder.System("desk"))
            val desk = prm.session(Actor(administrator), Purpose.Operations)
            val changes = desk.changes()
            val told = async(Dispatchers.Default) { changes.take(2).toList() }
            desk.people.add(patient("Ortiz"))
            prm.suspend()
            prm.resume(key)
            desk.people.add(patient("Berg"))
            assertEquals(2, told.await().size)
            prm.shutDown()
        }
    }

    @Test
    fun `the key ring is kept out of backups, and the rules for Android say so`() {
        val kept = Prm.filesToKeepOutOfBackup(Path.of("clinic.prm"))
        assertEquals(listOf(Path.of("clinic.prm/keys")), kept)
        assertEquals(setOf("data", "keys", "log"), Prm.files().map { it.name }.toSet())
        val rules = project().resolve("bindings/uniffi/kotlin/android/res/xml")
        for ((file, times) in listOf("prm_data_extraction_rules.xml" to 2, "prm_backup_rules.xml" to 1)) {
            val excluded = Regex("""<exclude domain="file" path="([^"]+)" />""").findAll(rules.resolve(file).readText())
            assertEquals(List(times) { "clinic.prm/keys" }, excluded.map { it.groupValues[1] }.toList())
        }
        assertTrue(Prm.files().single { it.name == "keys" }.holds.isNotEmpty())
    }
}
