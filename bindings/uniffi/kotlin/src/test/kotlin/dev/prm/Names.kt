package dev.prm

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Names that steps give to ids and cursors, so that other steps can refer to them. */
internal class Names {
    private val stands = mutableMapOf<String, String>()

    /** Gives a text a name. A name stands for one text in the whole scenario. */
    fun bind(name: String, text: String) {
        if (!name.startsWith("$")) misspelt("a name begins with $", name)
        if (stands.put(name, text) != null) misspelt("it stands for something already", name)
    }

    /** Names parts of an answer by JSON pointers. */
    fun bind(parts: Map<String, String>, answer: JsonElement) = parts.forEach { (name, pointer) ->
        bind(name, text(at(answer, pointer) ?: misspelt("nothing at $pointer", answer)))
    }

    /** The value with every text that is a name replaced by what it stands for, and every `$repeat` by its text. */
    fun putIn(value: JsonElement): JsonElement = when (value) {
        is JsonObject ->
            if (REPEAT in value) JsonPrimitive(repeated(value)) else JsonObject(value.mapValues { putIn(it.value) })
        is JsonArray -> JsonArray(value.map(::putIn))
        is JsonPrimitive ->
            if (value.isString && value.content.startsWith("$")) {
                JsonPrimitive(stands[value.content] ?: misspelt("it stands for nothing yet", value))
            } else {
                value
            }
    }

    /** The value as a scenario would write it: texts that have a name replaced by the name. */
    fun takeOut(value: JsonElement): JsonElement = when (value) {
        is JsonObject -> JsonObject(value.mapValues { takeOut(it.value) })
        is JsonArray -> JsonArray(value.map(::takeOut))
        is JsonPrimitive ->
            stands.entries.firstOrNull { value.isString && it.value == value.content }
                ?.let { JsonPrimitive(it.key) } ?: value
    }

    private companion object {
        const val REPEAT = "\$repeat"

        /** `{"$repeat": {"text": "ab", "times": 2, "before": "x", "after": "y"}}` is `xababy`. */
        fun repeated(value: JsonElement): String =
            members(members(value, REPEAT, REPEAT).need(REPEAT), REPEAT, "text", "times", "before", "after").let {
                val part = text(it.need("text")).repeat(whole(it.need("times")).toInt())
                (it["before"]?.let(::text) ?: "") + part + (it["after"]?.let(::text) ?: "")
            }
    }
}
