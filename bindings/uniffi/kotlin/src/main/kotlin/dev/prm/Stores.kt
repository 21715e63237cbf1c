package dev.prm

import java.nio.file.Path

/**
 * Makes a store in a new folder and opens it.
 *
 * ```
 * val (prm, administrator) = Prm.create(Path.of("clinic.prm"), OpenOptions(Key.passphrase(words)), Founder.System("desk"))
 * ```
 *
 * @throws PrmException `Conflict` if there is something at the path; `Invalid` for an empty passphrase or a founder
 *   without a name; `Io` and `Full` from the system.
 */
public fun Prm.Companion.create(folder: Path, options: OpenOptions, founder: Founder): Created =
    createStore(folder.toString(), options, founder)

/**
 * Opens the store in a folder. Never makes one.
 *
 * After a process was killed this may have to repair the data file first, which the progress of the options shows.
 *
 * @throws PrmException `NotAStore`, `UnsupportedFormat`, `WrongKey`, `KeyRingMissing`, `KeyRingStale`, `AlreadyOpen`,
 *   `LockUnsupported`, `Corrupted`, `AuditUnavailable`, `Io`, and `Cancelled` through the progress: each says what to do.
 */
public fun Prm.Companion.open(folder: Path, options: OpenOptions): Prm = open(folder.toString(), options)

/**
 * Makes a store that lives in memory and is gone when it is shut down: for trials and tests.
 *
 * @throws PrmException as [create].
 */
public fun Prm.Companion.openMemory(options: OpenOptions, founder: Founder): Created =
    createMemoryStore(options, founder)

/**
 * Copies what can still be read of a damaged store into a new one, and says what is missing. The damaged one is not
 * changed.
 *
 * @throws PrmException as [open] for [from], but for damage; as [create] for [to].
 */
public fun Prm.Companion.salvage(from: Path, to: Path, options: OpenOptions): Salvaged =
    salvageStore(from.toString(), to.toString(), options)

/** Making and opening stores, for coroutines: a passphrase takes a moment, and a repair after a kill may take long. */
public class SuspendingStores internal constructor() {
    /**
     * As [create].
     *
     * @throws PrmException as [create].
     */
    public suspend fun create(folder: Path, options: OpenOptions, founder: Founder): Created =
        offThread { Prm.create(folder, options, founder) }

    /**
     * As [open]. Cancelling the coroutine stops a repair.
     *
     * @throws PrmException as [open].
     */
    public suspend fun open(folder: Path, options: OpenOptions): Prm {
        val progress = options.progress ?: Progress()
        return offThread(progress) { Prm.open(folder, options.copy(progress = progress)) }
    }

    /**
     * As [salvage]. Cancelling the coroutine ends it; what was copied is no whole store.
     *
     * @throws PrmException as [salvage].
     */
    public suspend fun salvage(from: Path, to: Path, options: OpenOptions): Salvaged {
        val progress = options.progress ?: Progress()
        return offThread(progress) { Prm.salvage(from, to, options.copy(progress = progress)) }
    }
}

/** Making and opening stores, for coroutines. */
public val Prm.Companion.suspending: SuspendingStores
    get() = SuspendingStores()

/** The files of a store's folder, and which of them may go into the backup that a device makes of its apps. */
public fun Prm.Companion.files(): List<StoreFile> = storeFiles()

/**
 * The files of the store in [folder] that must be kept out of the backup that a device makes of its apps: its key ring. On
 * Android, exclude them in `data_extraction_rules.xml`.
 */
public fun Prm.Companion.filesToKeepOutOfBackup(folder: Path): List<Path> =
    files().filterNot { it.mayBeBackedUp }.map { folder.resolve(it.name) }

/**
 * Executes commands: all of them or none, in one durable transaction.
 *
 * @param id the caller's id for the batch, under which it may be sent again after an answer was lost.
 * @throws PrmException as [Session.execute].
 */
public fun Session.execute(vararg commands: Command, id: BatchId? = null): Receipt =
    execute(Batch(id, commands.toList()))
