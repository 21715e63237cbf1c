import PrmGenerated
import PrmValues

extension Session {
    /// FHIR in and out.
    public var fhir: FhirRoom { FhirRoom(session: self) }
}

/// FHIR R4 in and out: bundles, single resources and NDJSON.
public struct FhirRoom: Sendable {
    let session: Session

    /// Imports a file, in memory bounded by bytes, in several commits. What came before and has not changed is skipped.
    ///
    /// - Parameter progress: Counts bytes read; cancelling it keeps what was committed, and importing again goes on there.
    /// - Throws: ``PrmError/Denied(info:)``, ``PrmError/Cancelled(info:)``, ``PrmError/Io(info:)``.
    public func importFile(_ what: FhirImport, path: String, progress: WorkProgress? = nil) throws -> ImportReport {
        try session.fhirImportFile(what: what, path: path, progress: progress)
    }

    /// Imports a file without blocking the task. Cancelling the task ends the import, which keeps what was committed.
    ///
    /// - Throws: `CancellationError`, and ``PrmError`` as the blocking call does.
    public func importFile(
        _ what: FhirImport, path: String, progress: WorkProgress? = nil
    ) async throws -> ImportReport {
        let (session, progress) = (session, progress ?? WorkProgress())
        return try await offload(cancelling: progress) {
            try session.fhirImportFile(what: what, path: path, progress: progress)
        }
    }

    /// Imports a text as ``importFile(_:path:progress:)-swift.method`` does a file.
    ///
    /// - Throws: ``PrmError/Denied(info:)``, ``PrmError/Cancelled(info:)``.
    public func importText(_ what: FhirImport, text: String, progress: WorkProgress? = nil) throws -> ImportReport {
        try session.fhirImportText(what: what, text: text, progress: progress)
    }

    /// Imports a text without blocking the task. Cancelling the task ends the import, which keeps what was committed.
    ///
    /// - Throws: `CancellationError`, and ``PrmError`` as the blocking call does.
    public func importText(
        _ what: FhirImport, text: String, progress: WorkProgress? = nil
    ) async throws -> ImportReport {
        let (session, progress) = (session, progress ?? WorkProgress())
        return try await offload(cancelling: progress) {
            try session.fhirImportText(what: what, text: text, progress: progress)
        }
    }

    /// Writes everything the store holds about a patient, the designated record set, into a file that takes its name when it
    /// is whole. One that is there is replaced.
    ///
    /// - Parameter progress: Counts bytes written; cancelling it leaves no new file.
    /// - Throws: ``PrmError/NotFound(info:)``, ``PrmError/Denied(info:)``, ``PrmError/Io(info:)`` if it cannot be written.
    public func exportFile(
        _ patient: PatientId, format: ExportFormat, path: String, progress: WorkProgress? = nil
    ) throws -> ExportReport {
        try session.fhirExportFile(patient: patient, format: format, path: path, progress: progress)
    }

    /// Writes the file without blocking the task. Cancelling the task leaves no new file.
    ///
    /// - Throws: `CancellationError`, and ``PrmError`` as the blocking call does.
    public func exportFile(
        _ patient: PatientId, format: ExportFormat, path: String, progress: WorkProgress? = nil
    ) async throws -> ExportReport {
        let (session, progress) = (session, progress ?? WorkProgress())
        return try await offload(cancelling: progress) {
            try session.fhirExportFile(patient: patient, format: format, path: path, progress: progress)
        }
    }

    /// Everything the store holds about a patient, as text.
    ///
    /// - Throws: ``PrmError/NotFound(info:)``, ``PrmError/Denied(info:)``, ``PrmError/Corrupted(info:)``.
    public func exportText(
        _ patient: PatientId, format: ExportFormat, progress: WorkProgress? = nil
    ) throws -> Exported {
        try session.fhirExportText(patient: patient, format: format, progress: progress)
    }

    /// The same without blocking the task, which may be cancelled.
    ///
    /// - Throws: `CancellationError`, and ``PrmError`` as the blocking call does.
    public func exportText(
        _ patient: PatientId, format: ExportFormat, progress: WorkProgress? = nil
    ) async throws -> Exported {
        let (session, progress) = (session, progress ?? WorkProgress())
        return try await offload(cancelling: progress) {
            try session.fhirExportText(patient: patient, format: format, progress: progress)
        }
    }

    /// One record as a resource.
    ///
    /// - Throws: ``PrmError/NotFound(info:)``, ``PrmError/Denied(info:)``, ``PrmError/Unsupported(info:)`` for a role.
    public func resource(_ id: RecordId) throws -> Sensitive {
        try session.fhirResource(id: id)
    }

    /// The same without blocking the task.
    ///
    /// - Throws: ``PrmError/NotFound(info:)``, ``PrmError/Denied(info:)``, ``PrmError/Unsupported(info:)`` for a role.
    public func resource(_ id: RecordId) async throws -> Sensitive {
        let session = session
        return try await offload { try session.fhirResource(id: id) }
    }
}
