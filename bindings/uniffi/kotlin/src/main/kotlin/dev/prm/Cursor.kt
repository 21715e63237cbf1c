package dev.prm

/**
 * Where a page ended: opaque, good for the same question of the same actor in the same store.
 *
 * [text] may be kept, e.g. over a restart of the app.
 */
public class Cursor(public val text: String) {
    /** Whether both are the same cursor. */
    override fun equals(other: Any?): Boolean = other is Cursor && other.text == text

    /** Hash of the cursor. */
    override fun hashCode(): Int = text.hashCode()

    /** Says that there is a cursor, not where it stands. */
    override fun toString(): String = "Cursor(…)"
}
