"""Made-up patients, to try things with. Nobody of that name and record exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prm._model import (
    AddEntry, AddPatient, ChartEntry, Coding, Command, Component, Concept, ContactPoint, EntryKind, EntryStatus,
    EntryValueQuantity, HumanName, Identifier, Patient, PatientId, Quantity,
)
from prm._session import Session

__all__ = ["fill_in"]

_LOINC: Final = "http://loinc.org"
_SNOMED: Final = "http://snomed.info/sct"
_CVX: Final = "http://hl7.org/fhir/sid/cvx"
_UCUM: Final = "http://unitsofmeasure.org"
_VITAL: Final = Coding(
    system="http://terminology.hl7.org/CodeSystem/observation-category", code="vital-signs", display="Vital Signs"
)

_PEOPLE: Final = (
    ("Amara", "Testperson", "1958-03-12", "female"),
    ("Bruno", "Testperson", "1990-11", "male"),
    ("Chiyo", "Sample", "2019-07-01", "female"),
    ("Dmitri", "Sample", "1971", "male"),
    ("Elif", "Specimen", "1986-02-28", "unknown"),
)


def _concept(system: str, code: str, display: str) -> Concept:
    return Concept(codings=[Coding(system=system, code=code, display=display)])


def _amount(value: str, unit: str) -> EntryValueQuantity:
    return EntryValueQuantity(Quantity(value=value, unit=unit, system=_UCUM, code=unit))


def _pressure(when: str, systolic: int, diastolic: int) -> ChartEntry:
    return ChartEntry(
        kind=EntryKind.OBSERVATION, status=EntryStatus.FINAL, when=when, title="Blood pressure", categories=[_VITAL],
        code=_concept(_LOINC, "85354-9", "Blood pressure"),
        components=[
            Component(code=_concept(_LOINC, "8480-6", "Systolic blood pressure"), value=_amount(str(systolic), "mm[Hg]")),
            Component(code=_concept(_LOINC, "8462-4", "Diastolic blood pressure"), value=_amount(str(diastolic), "mm[Hg]")),
        ],
    )


def _measured(when: str, code: str, title: str, value: str, unit: str) -> ChartEntry:
    return ChartEntry(
        kind=EntryKind.OBSERVATION, status=EntryStatus.FINAL, when=when, title=title, code=_concept(_LOINC, code, title),
        value=_amount(value, unit),
    )


def _chart(n: int) -> Iterator[ChartEntry]:
    yield ChartEntry(
        kind=EntryKind.IMMUNIZATION, status=EntryStatus.COMPLETED, when=f"20{12 + n}-10", title="Influenza vaccine",
        code=_concept(_CVX, "140", "Influenza, seasonal, injectable, preservative free"),
    )
    if n % 2 == 0:
        yield ChartEntry(
            kind=EntryKind.CONDITION, status=EntryStatus.ACTIVE, when=f"20{14 + n}", title="Hypertension",
            code=_concept(_SNOMED, "38341003", "Hypertensive disorder"),
        )
        yield ChartEntry(
            kind=EntryKind.MEDICATION_STATEMENT, status=EntryStatus.ACTIVE, when=f"20{14 + n}-02-01", title="Amlodipine 5 mg"
        )
        for month in range(1, 13):
            systolic = 158 - 2 * month + 3 * (month % 3)
            yield _pressure(f"2025-{month:02}-03T08:30:00+01:00", systolic, 96 - month)
    else:
        yield ChartEntry(
            kind=EntryKind.ALLERGY_INTOLERANCE, status=EntryStatus.ACTIVE, when=f"20{10 + n}", title="Allergy to peanut",
            code=_concept(_SNOMED, "91935009", "Allergy to peanut"),
        )
    yield _measured(f"2025-0{n + 1}-15", "29463-7", "Body weight", f"{61 + 4 * n}.50", "kg")
    yield ChartEntry(
        kind=EntryKind.ENCOUNTER, status=EntryStatus.COMPLETED, when=f"2025-0{n + 1}-15T09:00:00+01:00", title="Check-up"
    )


def _commands() -> Iterator[Command]:
    for n, (given, family, born, gender) in enumerate(_PEOPLE):
        id = PatientId.new()
        yield AddPatient(
            id=id,
            patient=Patient(
                names=[HumanName(usage="official", given=[given], family=family)],
                identifiers=[Identifier(system="urn:example:demo", value=f"DEMO-{n + 1:04}")],
                telecom=[ContactPoint(system="phone", value=f"+1 555 0100 {n + 1:02}")],
                birth_date=born, gender=gender,
            ),
        )
        for entry in _chart(n):
            yield AddEntry(patient=id, entry=entry)


def fill_in(session: Session) -> None:
    """Adds the made-up patients with their charts."""
    session.execute(list(_commands()))
