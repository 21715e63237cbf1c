package dev.prm

import java.util.UUID

private const val LENGTH = 36

/** The UUID that is written so, in full; [UUID.fromString] takes less than that for one. */
internal fun uuidOf(text: String): UUID {
    val uuid = try {
        if (text.length == LENGTH) UUID.fromString(text) else null
    } catch (_: IllegalArgumentException) {
        null
    }
    return requireNotNull(uuid) { "an id is a UUID" }
}
