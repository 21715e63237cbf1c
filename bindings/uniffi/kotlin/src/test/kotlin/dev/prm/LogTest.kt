package dev.prm

import java.util.concurrent.CopyOnWriteArrayList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

internal class LogTest {
    @Test
    fun `a sink that throws disturbs nothing, and there is one for the process`() {
        val heard = CopyOnWriteArrayList<String>()
        val sink = object : LogSink {
            override fun line(level: LogLevel, target: String, text: String) {
                heard.add("$level $text")
                throw IllegalStateException("the host's log is broken")
            }
        }
        setLogSink(LogLevel.INFO, sink)
        assertThrows(PrmException.Conflict::class.java) { setLogSink(LogLevel.INFO, sink) }
        // Lines come on a thread of the library: waited for, as long as it takes within reason.
        repeat(ROUNDS) { if (lostLogLines() == 0uL) Thread.sleep(PAUSE_MILLIS) }
        assertEquals(listOf("INFO lines of the log go to the host"), heard)
        assertEquals(1uL, lostLogLines(), "the line that the sink failed at counts as lost")
        desk { desk ->
            val ana = desk.people.add(patient("Ortiz"))
            assertEquals(1u, desk.people.patient(ana).version)
        }
    }

    private companion object {
        const val ROUNDS = 600
        const val PAUSE_MILLIS = 50L
    }
}
