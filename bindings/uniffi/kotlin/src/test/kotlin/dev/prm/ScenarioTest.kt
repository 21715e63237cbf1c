package dev.prm

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir

/** The files that every language runs, through native values and both sets of rooms. */
internal class ScenarioTest {
    private fun scenarios(): List<Path> {
        val found = Files.list(project().resolve("tests/scenarios")).use { files ->
            files.filter { it.extension == "json" && it.name != "scenario.schema.json" }.sorted().toList()
        }
        assertTrue(found.size >= FEWEST, "found only ${found.size} scenarios")
        return found
    }

    private fun read(scenario: Path): JsonElement = Json.parseToJsonElement(scenario.readText())

    @TestFactory
    fun `every scenario passes in both sets of rooms`(@TempDir folder: Path): List<DynamicTest> =
        scenarios().flatMap { file ->
            Manner.entries.map { manner ->
                val name = "${file.nameWithoutExtension}, ${manner.name.lowercase()}"
                dynamicTest(name) {
                    Scenario(read(file), Files.createDirectory(folder.resolve(name)), manner).use {
                        assertTrue(it.play() > 0)
                    }
                }
            }
        }

    @Test
    fun `every call that scenarios make is one of the rooms`() {
        val made = mutableSetOf<String>()
        fun walk(json: JsonElement): Unit = when (json) {
            is kotlinx.serialization.json.JsonObject -> json.forEach { (name, member) ->
                if (name == "call" && member is JsonPrimitive) made.add(member.content)
                walk(member)
            }
            is kotlinx.serialization.json.JsonArray -> json.forEach(::walk)
            else -> Unit
        }
        scenarios().forEach { walk(read(it)) }
        assertEquals(setOf("fhir.import", "fhir.export", "fhir.resource"), made - CALLS)
    }

    @Test
    fun `a part may leave out members but not items`() {
        val whole = Json.parseToJsonElement("""{"a": [{"b": 1, "c": 2}, 3], "d": "x"}""")
        fun isPart(part: String) = holds(Json.parseToJsonElement(part), whole)
        assertTrue(isPart("""{"a": [{"b": 1}, 3]}"""))
        assertTrue(isPart("{}"))
        assertFalse(isPart("""{"a": [{"b": 2}, 3]}"""))
        assertFalse(isPart("""{"a": [{"b": 1}]}"""))
        assertFalse(isPart("""{"e": false}"""))
        assertFalse(isPart("""{"a": [3, {"b": 1}]}"""))
    }

    @Test
    fun `a member without value is the same as none`() {
        val whole = """{"a": {"b": 0, "c": "", "d": {}, "e": null, "f": []}, "g": [null, []]}"""
        fun same(other: String) = isSame(Json.parseToJsonElement(other), Json.parseToJsonElement(whole))
        assertTrue(same(whole))
        assertTrue(same("""{"a": {"b": 0, "c": "", "d": {}, "e": []}, "g": [null, []], "h": null}"""))
        assertFalse(same("""{"a": {"c": "", "d": {}}, "g": [null, []]}"""))
        assertFalse(same("""{"a": {"b": 0, "c": ""}, "g": [null, []]}"""))
        assertFalse(same("""{"a": {"b": 0, "c": "", "d": {}}, "g": [[], null]}"""))
        assertFalse(same("""{"a": {"b": 0, "c": "", "d": {}}, "g": [null, []], "h": 1}"""))
        assertFalse(holds(Json.parseToJsonElement("""{"a": null}"""), Json.parseToJsonElement(whole)))
    }

    private companion object {
        const val FEWEST = 21
    }
}
