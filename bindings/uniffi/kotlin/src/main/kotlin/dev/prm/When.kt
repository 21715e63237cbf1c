package dev.prm

import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeFormatterBuilder
import java.time.temporal.ChronoField

/**
 * When something happened: a moment with the offset it was written in, or a date of which perhaps only a part is known.
 *
 * Written `2019`, `2019-03`, `2019-03-07` or `2019-03-07T13:28:17-05:00`, as in FHIR `dateTime`. A leap second is read as the
 * second before it.
 */
public sealed interface When {
    /** The date as it was written: the local date of a moment, or the date. */
    public val date: PartialDate

    /** A moment, with the offset from UTC it was written in. */
    public data class At(val moment: OffsetDateTime) : When {
        /** A moment, written in UTC. */
        public constructor(moment: Instant) : this(moment.atOffset(ZoneOffset.UTC))

        override val date: PartialDate get() = PartialDate.Day(moment.toLocalDate())

        /** The moment as it is written. */
        override fun toString(): String = "${LOCAL.format(moment)}${fraction(moment.nano)}${moment.offset}"
    }

    /** A date, known to the year, the month or the day. */
    public data class On(override val date: PartialDate) : When {
        /** A whole date. */
        public constructor(date: LocalDate) : this(PartialDate.Day(date))

        /** The date as it is written. */
        override fun toString(): String = date.toString()
    }

    /** How times are read. */
    public companion object {
        /**
         * The time that is written `2019`, `2019-03`, `2019-03-07` or `2019-03-07T13:28:17-05:00`.
         *
         * @throws IllegalArgumentException for anything else. The message does not repeat the text.
         */
        public fun parse(text: String): When =
            try {
                if ('T' in text) At(OffsetDateTime.parse(LEAP.replace(text, "$1:59"))) else On(PartialDate.parse(text))
            } catch (_: DateTimeException) {
                throw IllegalArgumentException("a moment is written 2019-03-07T13:28:17-05:00")
            }

        private val LEAP = Regex("""(T\d\d:\d\d):60""")

        private val LOCAL: DateTimeFormatter = DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .toFormatter()

        /** Milliseconds, microseconds or nanoseconds, as few as suffice. */
        private fun fraction(nanos: Int): String = when {
            nanos == 0 -> ""
            nanos % 1_000_000 == 0 -> ".%03d".format(nanos / 1_000_000)
            nanos % 1_000 == 0 -> ".%06d".format(nanos / 1_000)
            else -> ".%09d".format(nanos)
        }
    }
}
