package dev.prm

import java.nio.file.Path

/** Root of the project. */
internal fun project(): Path = Path.of(System.getProperty("prm.project")).toAbsolutePath().normalize()

/** Folder of the sources that are made. */
internal fun generated(): Path = Path.of(System.getProperty("prm.generated"))

/** Options with a key that every test shares. */
internal fun options(): OpenOptions = OpenOptions(key = Key.raw(ByteArray(32) { 7 }))

/** A store in memory and a session of its administrator. */
internal fun desk(work: (Session) -> Unit) =
    Prm.openMemory(options(), Founder.System("desk")).let { (prm, administrator) ->
        prm.use { it.session(Actor(administrator), Purpose.Operations).use(work) }
    }

/** A patient of this name. */
internal fun patient(family: String): Patient = Patient(names = listOf(HumanName(family = Sensitive(family))))
