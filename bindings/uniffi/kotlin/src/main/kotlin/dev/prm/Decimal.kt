package dev.prm

import java.math.BigDecimal

/**
 * A decimal number as it was written: `1.50` stays `1.50` and equals only itself, `1e3` is not rewritten to `1E+3`.
 *
 * [java.math.BigDecimal] keeps a scale, not the digits; what an edit sends back must be what was read. So the text is
 * kept, and [toBigDecimal] is there for arithmetic. [compareTo] goes by value.
 *
 * ```
 * check(Decimal("1.50") != Decimal("1.5") && Decimal("1.50").compareTo(Decimal("1.5")) == 0)
 * ```
 */
public class Decimal(private val text: String) : Comparable<Decimal> {
    /** A decimal with the digits of [value]. */
    public constructor(value: BigDecimal) : this(value.toString())

    /** A whole number. */
    public constructor(value: Long) : this(value.toString())

    init {
        require(text.length <= LONGEST && NUMBER.matches(text)) { "a decimal is a number of JSON of at most 64 characters" }
    }

    /** The number, for arithmetic. Its scale is that of the digits. */
    public fun toBigDecimal(): BigDecimal = BigDecimal(text)

    /** Order by value, exact. */
    override fun compareTo(other: Decimal): Int = toBigDecimal().compareTo(other.toBigDecimal())

    /** The nearest binary floating-point number; infinite beyond its range. */
    public fun toDouble(): Double = text.toDouble()

    /** Whether both have the same digits. */
    override fun equals(other: Any?): Boolean = other is Decimal && other.text == text

    /** Hash of the digits. */
    override fun hashCode(): Int = text.hashCode()

    /** The digits as they came. */
    override fun toString(): String = text

    private companion object {
        const val LONGEST = 64
        val NUMBER = Regex("""-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?""")
    }
}

/** The number as a decimal with its digits. */
public fun BigDecimal.toDecimal(): Decimal = Decimal(this)
