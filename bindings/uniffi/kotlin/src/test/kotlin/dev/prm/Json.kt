package dev.prm

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.longOrNull

/** The scenario asks for something that is not there, or writes it in another way. */
internal class Misspelt(what: String) : Exception(what)

internal fun misspelt(what: String, found: Any): Nothing = throw Misspelt("$what: $found")

internal val NOTHING: JsonElement = JsonNull

/** Members of an object. A member without value is one that is not there. */
internal class Members(private val what: String, private val json: JsonObject) {
    operator fun get(name: String): JsonElement? = json[name]?.takeUnless { it is JsonNull }

    /** A member as it stands, be it without value; none if it is not there. */
    fun stated(name: String): JsonElement? = json[name]

    fun need(name: String): JsonElement = this[name] ?: misspelt(what, "$name is missing")
}

/** The members of an object that has no others than these. */
internal fun members(json: JsonElement, what: String, vararg known: String): Members {
    val members = json as? JsonObject ?: misspelt(what, json)
    (members.keys - known.toSet()).firstOrNull()?.let { misspelt(what, "$it is unknown") }
    return Members(what, members)
}

internal fun text(json: JsonElement): String =
    (json as? JsonPrimitive)?.takeIf { it.isString }?.content ?: misspelt("a text", json)

internal fun boolean(json: JsonElement): Boolean = (json as? JsonPrimitive)?.booleanOrNull ?: misspelt("a truth", json)

internal fun whole(json: JsonElement): Long =
    (json as? JsonPrimitive)?.takeUnless { it.isString }?.longOrNull ?: misspelt("a whole number", json)

/** A decimal: a text, or a whole number. */
internal fun digits(json: JsonElement): String =
    (json as? JsonPrimitive)?.takeIf { it.isString || it.longOrNull != null }?.content ?: misspelt("a decimal", json)

internal fun items(json: JsonElement): List<JsonElement> = json as? JsonArray ?: misspelt("a list", json)

internal fun <T> list(values: List<T>, write: (T) -> JsonElement): JsonElement = JsonArray(values.map(write))

internal fun record(vararg members: Pair<String, JsonElement?>): JsonElement =
    JsonObject(buildMap { members.forEach { (name, value) -> if (value != null) put(name, value) } })

/** The name of a variant and what it carries. */
internal fun variant(json: JsonElement): Pair<String, JsonElement> = when (json) {
    is JsonPrimitive -> text(json) to NOTHING
    is JsonObject -> json.entries.singleOrNull()?.toPair() ?: misspelt("a choice", json)
    else -> misspelt("a choice", json)
}

internal fun variant(name: String, content: JsonElement): JsonElement = JsonObject(mapOf(name to content))

/** What is at a JSON pointer (RFC 6901). */
internal fun at(json: JsonElement, pointer: String): JsonElement? =
    pointer.split('/').drop(1).fold(json as JsonElement?) { found, step ->
        when (found) {
            is JsonObject -> found[step.replace("~1", "/").replace("~0", "~")]
            is JsonArray -> step.toIntOrNull()?.let(found::getOrNull)
            else -> null
        }
    }
