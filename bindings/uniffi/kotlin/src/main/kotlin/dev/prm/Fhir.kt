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
     * Writes everything the store holds about a patient, the designated record set, into a new file.
     *
     * @throws PrmException `NotFound`, `Denied`, `Corrupted`; `Io` and `Full` if the file cannot be written, or is there.
     */
    public fun exportFile(patient: PatientId, format: ExportFormat, file: Path): ExportReport =
        session.fhirExportFile(patient, format, file.toString())

    /**
     * Everything the store holds about a patient, as text.
     *
     * @throws PrmException `NotFound`, `Denied`, `Corrupted`.
     */
    public fun exportText(patient: PatientId, format: ExportFormat): Exported = session.fhirExportText(patient, format)

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
     * As [FhirRoom.exportFile].
     *
     * @throws PrmException as [FhirRoom.exportFile].
     */
    public suspend fun exportFile(patient: PatientId, format: ExportFormat, file: Path): ExportReport =
        offThread { session.fhirExportFile(patient, format, file.toString()) }

    /**
     * As [FhirRoom.exportText].
     *
     * @throws PrmException as [FhirRoom.exportText].
     */
    public suspend fun exportText(patient: PatientId, format: ExportFormat): Exported =
        offThread { session.fhirExportText(patient, format) }

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
