package dev.prm

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** Calls of the room of FHIR that scenarios name; none for another. */
internal fun callFhir(session: Session, name: String, args: JsonElement): JsonElement? = when (name) {
    "fhir.import" -> importOf(args).let { (what, text) -> write(session.fhir.importText(what, text)) }
    "fhir.export" -> members(args, name, "patient", "format").let {
        exported(session.fhir.exportText(readPatientId(it.need("patient")), readExportFormat(it.need("format"))))
    }
    "fhir.resource" -> members(args, name, "id").let {
        JsonPrimitive(session.fhir.resource(readRecordId(it.need("id"))).expose())
    }
    else -> null
}

/** As [callFhir], for coroutines. */
internal suspend fun callFhirSuspending(session: Session, name: String, args: JsonElement): JsonElement? = when (name) {
    "fhir.import" -> importOf(args).let { (what, text) -> write(session.suspending.fhir.importText(what, text)) }
    "fhir.export" -> members(args, name, "patient", "format").let {
        val fhir = session.suspending.fhir
        exported(fhir.exportText(readPatientId(it.need("patient")), readExportFormat(it.need("format"))))
    }
    "fhir.resource" -> members(args, name, "id").let {
        JsonPrimitive(session.suspending.fhir.resource(readRecordId(it.need("id"))).expose())
    }
    else -> null
}

private fun importOf(args: JsonElement): Pair<FhirImport, String> =
    members(args, "fhir.import", "what", "text").let { readFhirImport(it.need("what")) to text(it.need("text")) }

private fun exported(exported: Exported): JsonElement =
    record("report" to write(exported.report), "text" to JsonPrimitive(exported.text.expose()))
