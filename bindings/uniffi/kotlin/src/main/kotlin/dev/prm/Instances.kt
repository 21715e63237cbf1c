package dev.prm

import java.time.Instant

/**
 * The instances of a recurrence from an instant on, one by one in order of time, perhaps without end. [zone] is where the
 * patient lives; it matters to a recurrence that floats. [to] is the instant after the last.
 *
 * ```
 * val weekly = reckoner.parseRecurrence("DTSTART:20260302T080000\nRRULE:FREQ=WEEKLY")
 * reckoner.instances(weekly, "Europe/Berlin", now).take(10)
 * ```
 *
 * @throws PrmException `Invalid` for a rule that is none or a zone that is not in the database, when the first is taken.
 */
public fun Reckoner.instances(
    recurrence: Recurrence,
    zone: String,
    from: Instant,
    to: Instant = END,
): Sequence<Instance> = sequence {
    var begin = from
    var given = 0
    var size = PAGE
    do {
        val page = between(recurrence, zone, begin, to, size.toUInt())
        yieldAll(page.instances.drop(given))
        if (!page.cutOff) break
        // The next page begins with those of the last instant, of which these are given.
        begin = page.instances.last().at
        given = page.instances.count { it.at == begin }
        if (given == size) size *= 2
    } while (true)
}

private const val PAGE = 256
private val END: Instant = Instant.parse("9999-12-31T23:59:59Z")
