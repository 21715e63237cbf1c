package dev.prm

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Whether every member that is expected is there with its value; answers may have more members. Lists must agree in
 * length and order. A member that is `null` or an empty list is the same as none.
 */
internal fun holds(part: JsonElement, whole: JsonElement): Boolean = when {
    part is JsonObject && whole is JsonObject -> part.all { (name, expected) ->
        val found = whole[name] ?: NOTHING
        isNothing(expected) && isNothing(found) || holds(expected, found)
    }
    part is JsonArray && whole is JsonArray ->
        part.size == whole.size && part.zip(whole).all { (expected, found) -> holds(expected, found) }
    else -> part == whole
}

/** Whether both say the same: all that is expected is there, and nothing else. */
internal fun isSame(expected: JsonElement, found: JsonElement): Boolean =
    holds(expected, found) && holds(found, expected)

private fun isNothing(member: JsonElement): Boolean = member is JsonNull || member == JsonArray(emptyList())

/** What an error says of itself to a scenario. */
internal fun told(error: PrmException): JsonElement {
    val info = error.info
    val (expected, found) = info.expected to info.found
    return record(
        "code" to JsonPrimitive(info.code),
        "versions" to expected?.let {
            record("expected" to JsonPrimitive(it.toLong()), "found" to found?.let { at -> JsonPrimitive(at.toLong()) })
        },
        "field" to info.field?.let(::JsonPrimitive),
    )
}

/** Whether an error is the one expected: versions and field are compared if they are stated. */
internal fun isError(expected: JsonElement, error: PrmException): Boolean = holds(expected, told(error))
