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
        val declared = lines.indices.filter { n -> DECLARED.any { it.containsMatchIn(lines[n]) } }
            .filterNot { n -> NOT_OURS.containsMatchIn(lines[n]) }
        val wrong = declared.filterNot { n ->
            val before = lines.subList(0, n).asReversed().map(String::trim)
            before.dropWhile { it.isEmpty() || it.startsWith("@") }.firstOrNull()?.endsWith("*/") ?: false
        }
        return wrong.map { "${file.name}:${it + 1}: ${lines[it].trim()}" } to declared.size
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
        val DECLARED = listOf(
            // What we write says that it is public, what uniffi writes has names in quotes.
            Regex("""^ *public (?!companion)"""),
            Regex("""^ *(suspend )?(fun|val) `"""),
            Regex("""^ {0,4}(open |sealed |data |enum )?(class|interface|object) """),
            Regex("""^fun """),
            // Members of enumerations.
            Regex("""^ {4}[A-Z][A-Z0-9_]*[,;(]"""),
        )

        /** What uniffi needs for itself. */
        val NOT_OURS = Regex("""[Uu]niffi|FfiConverter|RustBuffer|ForeignBytes|NoHandle|InternalException|Disposable|Cleanable""")
    }
}
