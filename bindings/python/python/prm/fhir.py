"""FHIR R4 in and out."""

from prm._model import (
    ExportFormat, ExportReport, FhirImport, ImportReport, NoteReport, RefusedRecord, TypeReport,
)
from prm._sugar import FhirRoom

__all__ = [
    "ExportFormat", "ExportReport", "FhirImport", "FhirRoom", "ImportReport", "NoteReport", "RefusedRecord", "TypeReport",
]
