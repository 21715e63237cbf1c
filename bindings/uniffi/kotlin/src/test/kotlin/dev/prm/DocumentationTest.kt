package dev.prm

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.io.path.readLines
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Everything that a user of the library can name has a text. */
internal class DocumentationTest {
    private fun sources(folder: Path): List<Path> =
        Files.walk(folder).use { files -> files.filter { it.extension == "kt" }.sorted().toList() }

    /** Declarations without a comment, and how many there are at all. */
    private fun undocumented(file: Path): Pair<List<String>, Int> {
        val lines = file.readLines()
        val wrong = mutableListOf<String>()
        var seen = 0
        lines.forEachIndexed { n, line ->
            val name = DECLARED.matchEntire(line)?.let { it.groupValues[2] } ?: return@forEachIndexed
            if (NOT_OURS.any { it.containsMatchIn(line) }) return@forEachIndexed
            seen += 1
            val before = lines.subList(0, n).asReversed().map(String::trim)
                .dropWhile { it.isEmpty() || it.startsWith("@") }
            if (before.firstOrNull()?.endsWith("*/") != true) wrong.add("${file.name}:${n + 1}: $name")
        }
        return wrong to seen
    }

    @Test
    fun `every declaration has a text`() {
        val ours = sources(project().resolve("bindings/uniffi/kotlin/src/main/kotlin"))
        val made = sources(generated().resolve("main"))
        assertTrue(ours.size > 5 && made.size >= 5, "${ours.size} and ${made.size} files")
        val found = (ours + made).map(::undocumented)
        val seen = found.sumOf { it.second }
        assertTrue(seen > 700, "only $seen declarations")
        assertEquals("", found.flatMap { it.first }.joinToString("\n"))
    }

    private companion object {
        /** Classes, their members and fields, functions and properties at the margin or within one class. */
        val DECLARED = Regex(
            """ {0,8}(?:public |override |open |sealed |data |value |inline |enum |suspend )*""" +
                """(class|interface|object|fun|val|typealias) (`?[\w.<>` ]+).*""",
        )

        /** What uniffi needs for itself, locals, and overrides, which have the text of what they override. */
        val NOT_OURS = listOf(
            Regex("""\b(Uniffi|uniffi|FfiConverter|RustBuffer|ForeignBytes|NoHandle|InternalException|Disposable)"""),
            Regex("""\b(override|internal|private|companion object)\b"""),
        )
    }
}
