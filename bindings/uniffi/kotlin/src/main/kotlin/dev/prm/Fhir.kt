package dev.prm

import java.nio.file.Path

/** FHIR R4 in and out. */
public class FhirRoom internal constructor(private val session: Session) {
    /**
     * Imports the FHIR bundles, single resources or NDJSON of a file, in memory bounded by bytes, in several commits.
     *
     * A resource that came before and has not changed is skipped; a changed one becomes a new version of its record.
     * The text of every resource is kept byte for byte. A record that cannot be read is reported with its position and
     * the rest goes on. [progress] counts bytes read; cancelling it keeps what was committed, and importing again goes
     * on from there.
     *
     * @throws PrmException `Denied` if the session may edit no records of others, or not those that come in;
     *   `Cancelled`; `Io` and `Full`; `Invalid` for a source without a name; `NotFound` for a managing organisation that
     *   is not there.
     */
    public fun importFile(what: FhirImport, file: Path, progress: Progress? = null): ImportReport =
        session.fhirImportFile(what, file.toString(), progress)

    /**
     * Imports FHIR from a text, as [importFile] does from a file.
     *
     * @throws PrmException as [importFile].
     */
    public fun importText(what: FhirImport, text: String, progress: Progress? = null): ImportReport =
        session.fhirImportText(what, text, progress)

    /**
     * Writes everything the store holds about a patient, the designated record set, into a file that takes its name when it
     * is whole. One that is there is replaced. [progress] counts bytes written; cancelling it leaves no new file.
     *
     * @throws PrmException `NotFound`, `Denied`, `Corrupted`, `Cancelled`; `Io` and `Full` if the file cannot be written;
     *   `Invalid` for a path without a name.
     */
    public fun exportFile(
        patient: PatientId,
        format: ExportFormat,
        file: Path,
        progress: Progress? = null,
    ): ExportReport = session.fhirExportFile(patient, format, file.toString(), progress)

    /**
     * Everything the store holds about a patient, as text. [progress] counts bytes written.
     *
     * @throws PrmException `NotFound`, `Denied`, `Corrupted`, `Cancelled`.
     */
    public fun exportText(patient: PatientId, format: ExportFormat, progress: Progress? = null): Exported =
        session.fhirExportText(patient, format, progress)

    /**
     * One record as a resource.
     *
     * @throws PrmException `NotFound`, `Denied`, `Corrupted`; `Unsupported` for a role.
     */
    public fun resource(id: RecordId): Sensitive<String> = session.fhirResource(id)
}

/** FHIR R4 in and out. */
public val Session.fhir: FhirRoom
    get() = FhirRoom(this)

/** FHIR R4 in and out, for coroutines. A coroutine that is cancelled stops the work it waits for. */
public class SuspendingFhirRoom internal constructor(private val session: Session) {
    /**
     * As [FhirRoom.importFile]. Cancelling the coroutine ends the import; what was committed stays, and importing again
     * goes on from there.
     *
     * @throws PrmException as [FhirRoom.importFile].
     */
    public suspend fun importFile(what: FhirImport, file: Path, progress: Progress = Progress()): ImportReport =
        offThread(progress) { session.fhirImportFile(what, file.toString(), progress) }

    /**
     * As [FhirRoom.importText]. Cancelling the coroutine ends the import; what was committed stays, and importing again
     * goes on from there.
     *
     * @throws PrmException as [FhirRoom.importFile].
     */
    public suspend fun importText(what: FhirImport, text: String, progress: Progress = Progress()): ImportReport =
        offThread(progress) { session.fhirImportText(what, text, progress) }

    /**
     * As [FhirRoom.exportFile]. Cancelling the coroutine leaves no new file.
     *
     * @throws PrmException as [FhirRoom.exportFile].
     */
    public suspend fun exportFile(
        patient: PatientId,
        format: ExportFormat,
        file: Path,
        progress: Progress = Progress(),
    ): ExportReport = offThread(progress) { session.fhirExportFile(patient, format, file.toString(), progress) }

    /**
     * As [FhirRoom.exportText].
     *
     * @throws PrmException as [FhirRoom.exportText].
     */
    public suspend fun exportText(
        patient: PatientId,
        format: ExportFormat,
        progress: Progress = Progress(),
    ): Exported = offThread(progress) { session.fhirExportText(patient, format, progress) }

    /**
     * As [FhirRoom.resource].
     *
     * @throws PrmException as [FhirRoom.resource].
     */
    public suspend fun resource(id: RecordId): Sensitive<String> = offThread { session.fhirResource(id) }
}

/** FHIR R4 in and out, for coroutines. */
public val SuspendingSession.fhir: SuspendingFhirRoom
    get() = SuspendingFhirRoom(session)
