package dev.prm

/**
 * Content that must not be printed by accident: a name, a contact, free text.
 *
 * [toString] is redacted, so that a log line or a failed assertion cannot carry it. Reading the content is explicit:
 * [expose].
 *
 * ```
 * val name = Sensitive("Ana")
 * check(name.toString() == "Sensitive(…)")
 * check(name.expose() == "Ana")
 * ```
 */
public class Sensitive<out T : Any>(private val content: T) {
    /** The content, for a use the caller answers for. */
    public fun expose(): T = content

    /** Whether both hold the same content. */
    override fun equals(other: Any?): Boolean = other is Sensitive<*> && other.content == content

    /** Hash of the content. */
    override fun hashCode(): Int = content.hashCode()

    /** Says that there is content, not which. */
    override fun toString(): String = "Sensitive(…)"
}

/** The text as content that does not print. */
public fun String.sensitive(): Sensitive<String> = Sensitive(this)
