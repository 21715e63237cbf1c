package dev.prm

import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Which set of rooms a scenario goes through. */
internal enum class Manner { BLOCKING, SUSPENDING }

/** Runs a scenario of `tests/scenarios` in an empty folder. `SCHEMA.md` there says what its members mean. */
internal class Scenario(json: JsonElement, folder: Path, private val manner: Manner) : AutoCloseable {
    private val whole = members(json, "scenario", "\$schema", "title", "clock", "seed", "founder", "ids", "steps")
    private val path = folder.resolve("clinic.prm")
    private val clock = ManualClock(Instant.parse(text(whole.need("clock"))))
    private val names = Names()
    private val sessions = mutableMapOf<String, Session>()
    private val subscriptions = mutableMapOf<String, Subscription>()
    private var prm: Prm

    init {
        val founder = variant(whole.need("founder")).let { (kind, content) ->
            when (kind) {
                "practitioner" -> Founder.Practitioner(readPractitioner(content))
                "system" -> Founder.System(text(content))
                else -> misspelt("founder", kind)
            }
        }
        val created = Prm.create(path, options(whole.need("seed")), founder)
        prm = created.prm
        (created.administrator as? Who.Practitioner)?.let { names.bind("\$founder", it.value.toString()) }
        (whole["ids"] as? JsonObject)?.forEach { (name, id) -> names.bind(name, text(id)) }
    }

    /** Plays every step and tells how many there were. */
    fun play(): Int {
        val steps = items(whole.need("steps"))
        check(steps.isNotEmpty()) { "there are no steps" }
        steps.forEachIndexed { n, step ->
            try {
                play(step)
            } catch (wrong: Exception) {
                throw AssertionError("step ${n + 1} of ${steps.size}: $wrong", wrong)
            }
        }
        return steps.size
    }

    private fun options(seed: JsonElement) =
        OpenOptions(key = Key.raw(ByteArray(32) { 7 }), clock = clock, seed = whole(seed).toULong())

    private fun play(step: JsonElement) {
        val (name, content) = variant(step)
        when (name) {
            "clock" -> clock.set(Instant.parse(text(content)))
            "session" -> begin(content)
            "execute" -> execute(content)
            "read" -> read(content)
            "subscribe" -> members(content, name, "as", "name", "after").let {
                val after = it["after"]?.let { sequence -> whole(sequence).toULong() }
                subscriptions[text(it.need("name"))] = session(it).subscribe(after)
            }
            "hear" -> hear(content)
            "shut_down" -> prm.shutDown()
            "open" -> {
                close()
                prm = Prm.open(path, options(members(content, name, "seed").need("seed")))
            }
            else -> misspelt("step", name)
        }
    }

    override fun close() {
        subscriptions.values.forEach(Subscription::close)
        sessions.values.forEach(Session::close)
        subscriptions.clear()
        sessions.clear()
        prm.close()
    }

    private fun session(step: Members): Session =
        text(step.need("as")).let { sessions[it] ?: misspelt("there is no session", it) }

    private fun begin(json: JsonElement) {
        val step = members(json, "session", "name", "who", "purpose", "on_behalf_of", "app", "device", "bind")
        val actor = Actor(
            who = readWho(names.putIn(step.need("who"))),
            onBehalfOf = step["on_behalf_of"]?.let { PatientId.parse(text(names.putIn(it))) },
            app = step["app"]?.let(::text),
            device = step["device"]?.let(::text),
        )
        val session = prm.session(actor, readPurpose(step.need("purpose")))
        step["bind"]?.let { names.bind(text(it), session.id().toString()) }
        sessions.put(text(step.need("name")), session)?.close()
    }

    private fun execute(json: JsonElement) {
        val step = members(json, "execute", "as", "batch", "commands", *EXPECTED)
        val batch = Batch(
            id = step["batch"]?.let { BatchId.parse(text(names.putIn(it))) },
            commands = items(names.putIn(step.need("commands"))).map(::readCommand),
        )
        val session = session(step)
        compare(step) {
            write(
                when (manner) {
                    Manner.BLOCKING -> session.execute(batch)
                    Manner.SUSPENDING -> runBlocking { session.suspending.execute(batch) }
                },
            )
        }
    }

    private fun read(json: JsonElement) {
        val step = members(json, "read", "as", "call", "args", *EXPECTED)
        val name = text(step.need("call"))
        val args = names.putIn(step["args"] ?: JsonObject(emptyMap()))
        if (name.startsWith("reckon.")) {
            if (step["as"] != null) misspelt("needs no session", name)
            return compare(step) { reckon(Reckoner(), name, args) ?: misspelt("there is no call", name) }
        }
        val session = session(step)
        compare(step) {
            when (manner) {
                Manner.BLOCKING -> call(session, name, args) ?: callFhir(session, name, args)
                Manner.SUSPENDING -> runBlocking {
                    callSuspending(session, name, args) ?: callFhirSuspending(session, name, args)
                }
            } ?: misspelt("there is no call", name)
        }
    }

    /** Everything a subscription tells without waiting. */
    private fun hear(json: JsonElement) {
        val step = members(json, "hear", "on", "expect", "error")
        val on = text(step.need("on"))
        val subscription = subscriptions[on] ?: misspelt("there is no subscription", on)
        compare(step) { JsonArray(generateSequence { subscription.next(Duration.ZERO) }.map(::write).toList()) }
    }

    private fun compare(step: Members, answer: () -> JsonElement) {
        if (EXPECTATIONS.count { step.stated(it) != null } != 1) misspelt("one of", EXPECTATIONS)
        val error = step["error"]
        val found = try {
            answer()
        } catch (refused: PrmException) {
            if (error == null || !isError(error, refused)) {
                throw AssertionError("expected ${error ?: "an answer"}, found ${told(refused)}: $refused", refused)
            }
            return
        }
        if (error != null) throw AssertionError("expected $error, found $found")
        step["bind"]?.let { bind -> names.bind((bind as JsonObject).mapValues { text(it.value) }, found) }
        val whole = step.stated("expect")?.let(names::putIn)
        val part = step.stated("expect_part")?.let(names::putIn)
        val holds = if (whole != null) isSame(whole, found) else holds(part ?: NOTHING, found)
        if (!holds) throw AssertionError("expected ${shown(whole ?: part)}\n   found ${shown(names.takeOut(found))}")
    }

    /** An answer as a message shows it: cut where it is long. */
    private fun shown(value: Any?): String = "$value".let { if (it.length > MOST) it.take(MOST) + "…" else it }

    private companion object {
        const val MOST = 4_000
        val EXPECTATIONS = listOf("expect", "expect_part", "error")
        val EXPECTED = arrayOf("bind", "expect", "expect_part", "error")
    }
}
