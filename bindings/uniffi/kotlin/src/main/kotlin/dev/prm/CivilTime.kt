package dev.prm

import java.time.LocalDateTime
import java.time.format.DateTimeFormatter

private val CIVIL: DateTimeFormatter = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")

/** A civil time as the library reads it, which has no parts of a second. */
internal fun civilText(time: LocalDateTime): String {
    require(time.nano == 0) { "a civil time has no parts of a second" }
    return CIVIL.format(time)
}
