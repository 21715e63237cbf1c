package dev.prm

import java.util.concurrent.atomic.AtomicInteger
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

internal class LogTest {
    @Test
    fun `a sink that throws disturbs nothing, and there is one for the process`() {
        val heard = AtomicInteger()
        val sink = object : LogSink {
            override fun line(level: LogLevel, target: String, text: String) {
                heard.incrementAndGet()
                throw IllegalStateException("the host's log is broken")
            }
        }
        setLogSink(LogLevel.TRACE, sink)
        assertThrows(PrmException.Conflict::class.java) { setLogSink(LogLevel.TRACE, sink) }
        desk { desk ->
            val ana = desk.people.add(patient("Ortiz"))
            assertEquals(1u, desk.people.patient(ana).version)
        }
        // Each line that was handed over failed, and is counted as lost.
        assertEquals(heard.get().toULong(), lostLogLines())
    }
}
