package dev.prm

import java.time.DateTimeException
import java.time.LocalDate
import java.time.YearMonth

/**
 * A date of the Gregorian calendar, years 1 to 9999, of which the month or the day may be unknown.
 *
 * Written `2019`, `2019-03` or `2019-03-07`, as in FHIR `date`. It is never turned into an instant. Dates sort by the
 * start of their span, then the coarser first.
 *
 * ```
 * val born = PartialDate.parse("1987-04")
 * check(born == PartialDate.Month(YearMonth.of(1987, 4)))
 * ```
 */
public sealed interface PartialDate : Comparable<PartialDate> {
    /** First day of the span the date stands for. */
    public val firstDay: LocalDate

    /** Last day of the span the date stands for. */
    public val lastDay: LocalDate

    /** The year alone is known. */
    public data class Year(val year: java.time.Year) : PartialDate {
        /** The year with this number, 1 to 9999. */
        public constructor(year: Int) : this(java.time.Year.of(year))

        init {
            inCalendar(year.value)
        }

        override val firstDay: LocalDate get() = year.atDay(1)
        override val lastDay: LocalDate get() = year.atDay(year.length())

        /** The date as it is written. */
        override fun toString(): String = year.value.toString().padStart(4, '0')
    }

    /** Year and month are known. */
    public data class Month(val month: YearMonth) : PartialDate {
        init {
            inCalendar(month.year)
        }

        override val firstDay: LocalDate get() = month.atDay(1)
        override val lastDay: LocalDate get() = month.atEndOfMonth()

        /** The date as it is written. */
        override fun toString(): String = month.toString()
    }

    /** The whole date is known. */
    public data class Day(val day: LocalDate) : PartialDate {
        init {
            inCalendar(day.year)
        }

        override val firstDay: LocalDate get() = day
        override val lastDay: LocalDate get() = day

        /** The date as it is written. */
        override fun toString(): String = day.toString()
    }

    /** By the start of the span, then the coarser first. */
    override fun compareTo(other: PartialDate): Int =
        compareValuesBy(this, other, { it.firstDay }, { precision(it) })

    /** How dates are read. */
    public companion object {
        /**
         * The date that is written `2019`, `2019-03` or `2019-03-07`.
         *
         * @throws IllegalArgumentException for anything else, impossible days included. The message does not repeat the
         *   text.
         */
        public fun parse(text: String): PartialDate =
            try {
                when {
                    text.length == YEAR && text.all { it in '0'..'9' } -> Year(text.toInt())
                    text.length == MONTH -> Month(YearMonth.parse(text))
                    text.length == DAY -> Day(LocalDate.parse(text))
                    else -> null
                }
            } catch (_: DateTimeException) {
                null
            } ?: throw IllegalArgumentException("a date is written 2019, 2019-03 or 2019-03-07")

        private const val YEAR = 4
        private const val MONTH = 7
        private const val DAY = 10

        private fun inCalendar(year: Int) = require(year in 1..9999) { "years are 1 to 9999" }

        private fun precision(date: PartialDate) = when (date) {
            is Year -> 0
            is Month -> 1
            is Day -> 2
        }
    }
}

/** The date, known to the day. */
public fun LocalDate.toPartialDate(): PartialDate = PartialDate.Day(this)

/** The date, known to the month. */
public fun YearMonth.toPartialDate(): PartialDate = PartialDate.Month(this)

/** The date, known to the year. */
public fun java.time.Year.toPartialDate(): PartialDate = PartialDate.Year(this)
