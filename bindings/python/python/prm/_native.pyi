"""
The part of `prm` that is written in Rust. It is used through the package, whose classes say what they take.
"""

import datetime
import os

import prm._model
import prm._scalars
from typing import final

__all__ = ["Key", "ManualClock", "Options", "Prm", "Progress", "Session", "Stream", "Subscription", "days_of_date", "log_from", "parts_of_when", "read_date", "read_decimal", "read_when", "rehearse_defect", "table_schema"]

@final
class Key:
    """
    What opens a store: 32 bytes that the host keeps, or a passphrase that a person remembers.

    There is no default key. It does not print, and the library wipes its copy; Python may keep copies of the bytes or the
    text it was made from until they are collected.
    """
    def __repr__(self, /) -> str: ...
    @staticmethod
    def passphrase(words: str) -> Key:
        """
        A passphrase, stretched by Argon2id (19 MiB, two passes).
        """
    @staticmethod
    def raw(secret: bytes) -> Key:
        """
        Thirty-two secret, random bytes from a keychain, a key store or a security module.
        """

@final
class ManualClock:
    """
    A clock that stands still until it is set: for tests and replays.
    """
    def __new__(cls, /, now: datetime.datetime) -> ManualClock: ...
    def now(self, /) -> datetime.datetime:
        """
        What the clock shows.
        """
    def set(self, /, now: datetime.datetime) -> None:
        """
        Sets the clock, forwards or back.
        """

@final
class Options:
    """
    How a store is opened.
    """
    def __new__(cls, /, key: Key, *, cache_bytes: int | None = None, clock: ManualClock | None = None, seed: int | None = None, zones: tuple[str, dict[str, bytes]] | None = None, audit_sync: float | None = None, read_only: bool = False, progress: Progress | None = None) -> Options: ...

@final
class Prm:
    """
    A store that is open.
    """
    @staticmethod
    def create(path: str | os.PathLike[str], options: Options, founder: object) -> tuple[Prm, prm._model.Who]:
        """
        Makes a store in a new folder and opens it.
        """
    @staticmethod
    def files() -> tuple[prm._model.StoreFile, ...]:
        """
        The files of a store's folder.
        """
    @staticmethod
    def open(path: str | os.PathLike[str], options: Options, watcher: object | None = None) -> Prm:
        """
        Opens a store. Ctrl-C is seen while a repair goes on.
        """
    @staticmethod
    def open_memory(options: Options, founder: object) -> tuple[Prm, prm._model.Who]:
        """
        Makes a store that lives in memory.
        """
    def resolve(self, /, zone: str, local: datetime.datetime) -> tuple[str, datetime.datetime, datetime.datetime | None]:
        """
        What a local time stands for: `once`, `skipped` or `twice`, the instant that rules use, and the second one.
        """
    def resume(self, /, key: Key) -> None:
        """
        Opens a suspended store again.
        """
    @staticmethod
    def salvage(damaged: str | os.PathLike[str], to: str | os.PathLike[str], options: Options, watcher: object | None = None) -> prm._model.Salvaged:
        """
        Copies what can still be read of a damaged store. Gives the rows copied and what is lost.
        """
    def session(self, /, actor: prm._model.Actor, purpose: str) -> Session:
        """
        Begins a session.
        """
    def shut_down(self, /) -> None:
        """
        Ends every access, makes everything durable and releases the files.
        """
    def suspend(self, /) -> None:
        """
        Releases the files and drops the keys.
        """
    def zones_version(self, /) -> str:
        """
        Version of the time zone database.
        """

@final
class Progress:
    """
    How far long work has come, and the wish to stop it. It may be looked at from any thread.
    """
    def __new__(cls, /) -> Progress: ...
    def __repr__(self, /) -> str: ...
    def cancel(self, /) -> None:
        """
        Asks the work to stop. It ends with `Cancelled` and keeps what it has committed.
        """
    @property
    def done(self, /) -> int:
        """
        Units done so far: bytes of an import, hundredths of a repair, rows of a table.
        """
    @property
    def total(self, /) -> int:
        """
        Units in all; 0 while that is not known.
        """

@final
class Session:
    """
    Someone acting for one purpose.
    """
    def actor(self, /) -> prm._model.Actor:
        """
        Who acts.
        """
    def chart_add(self, /, patient: object, entry: object) -> prm._model.EntryId: ...
    def chart_allergies(self, /, patient: object) -> tuple[prm._model.ListItem, ...]: ...
    def chart_edit(self, /, id: object, version: object, entry: object) -> int: ...
    def chart_entry(self, /, id: object) -> prm._model.EntryView: ...
    def chart_history(self, /, id: object) -> tuple[prm._model.EntryView, ...]: ...
    def chart_immunizations(self, /, patient: object) -> tuple[prm._model.VaccineView, ...]: ...
    def chart_journey_svg(self, /, patient: object, zone: object) -> str: ...
    def chart_known_at(self, /, id: object, at: object) -> prm._model.EntryView | None: ...
    def chart_latest(self, /, patient: object, codes: object) -> tuple[prm._model.LatestValue, ...]: ...
    def chart_medications(self, /, patient: object) -> tuple[prm._model.ListItem, ...]: ...
    def chart_page_html(self, /, patient: object, zone: object, trends: object) -> str: ...
    def chart_problems(self, /, patient: object) -> tuple[prm._model.ListItem, ...]: ...
    def chart_timeline(self, /, patient: object, query: object, page: object) -> prm._model.TimelinePage: ...
    def chart_timeline_table(self, /, patient: object, query: object, progress: Progress) -> Stream:
        """
        A timeline.
        """
    def chart_trend(self, /, patient: object, code: object, period: object, limit: object) -> prm._model.Trend: ...
    def chart_trend_svg(self, /, patient: prm._model.PatientId, code: prm._model.Coding, period: prm._model.Period | None = None) -> str:
        """
        How the values of a code changed, as an SVG document.
        """
    def chart_trend_table(self, /, patient: object, code: object, period: object, limit: int, progress: Progress) -> Stream:
        """
        The values of a code.
        """
    def chart_void(self, /, id: object, version: object, reason: object) -> int: ...
    def execute(self, /, batch: prm._model.Batch) -> prm._model.Receipt:
        """
        Executes a batch: all of it or nothing.
        """
    def fhir_export_file(self, /, patient: prm._model.PatientId, format: prm._model.ExportFormat, path: str | os.PathLike[str], progress: Progress, watcher: object | None) -> prm._model.ExportReport:
        """
        Exports into a file.
        """
    def fhir_export_text(self, /, patient: prm._model.PatientId, format: prm._model.ExportFormat, progress: Progress, watcher: object | None) -> tuple[prm._model.ExportReport, str]:
        """
        Exports as a text.
        """
    def fhir_import(self, /, what: prm._model.FhirImport, path: str | os.PathLike[str] | None, file: object | None, content: bytes | None, progress: Progress, watcher: object | None) -> prm._model.ImportReport:
        """
        Imports from a path, a file object or bytes.
        """
    def fhir_resource(self, /, id: prm._model.RecordId) -> str:
        """
        One record as a resource.
        """
    def govern_accesses(self, /, patient: object, page: object) -> prm._model.AccessPage: ...
    def govern_accesses_table(self, /, patient: object, progress: Progress) -> Stream:
        """
        Who looked.
        """
    def govern_audit(self, /, page: object) -> prm._model.AuditPage: ...
    def govern_grant(self, /, grant: object) -> prm._model.RoleGrantId: ...
    def govern_revoke(self, /, id: object, version: object, reason: object) -> int: ...
    def id(self, /) -> prm._model.SessionId:
        """
        Id of the session, as it stands in the audit.
        """
    def people_add(self, /, patient: object) -> prm._model.PatientId: ...
    def people_add_care_team(self, /, care_team: object) -> prm._model.CareTeamId: ...
    def people_add_organisation(self, /, organisation: object) -> prm._model.OrganisationId: ...
    def people_add_practitioner(self, /, practitioner: object) -> prm._model.PractitionerId: ...
    def people_add_related_person(self, /, related_person: object) -> prm._model.RelatedPersonId: ...
    def people_care_team(self, /, id: object) -> prm._model.CareTeamView: ...
    def people_care_team_history(self, /, id: object) -> tuple[prm._model.CareTeamView, ...]: ...
    def people_care_team_known_at(self, /, id: object, at: object) -> prm._model.CareTeamView | None: ...
    def people_care_teams(self, /, patient: object) -> tuple[prm._model.CareTeamView, ...]: ...
    def people_edit(self, /, id: object, version: object, patient: object) -> int: ...
    def people_edit_care_team(self, /, id: object, version: object, care_team: object) -> int: ...
    def people_edit_organisation(self, /, id: object, version: object, organisation: object) -> int: ...
    def people_edit_practitioner(self, /, id: object, version: object, practitioner: object) -> int: ...
    def people_edit_related_person(self, /, id: object, version: object, related_person: object) -> int: ...
    def people_history(self, /, id: object) -> tuple[prm._model.PatientView, ...]: ...
    def people_known_at(self, /, id: object, at: object) -> prm._model.PatientView | None: ...
    def people_list(self, /, page: object) -> prm._model.PatientPage: ...
    def people_organisation(self, /, id: object) -> prm._model.OrganisationView: ...
    def people_organisation_history(self, /, id: object) -> tuple[prm._model.OrganisationView, ...]: ...
    def people_organisation_known_at(self, /, id: object, at: object) -> prm._model.OrganisationView | None: ...
    def people_patient(self, /, id: object) -> prm._model.PatientView: ...
    def people_practitioner(self, /, id: object) -> prm._model.PractitionerView: ...
    def people_practitioner_history(self, /, id: object) -> tuple[prm._model.PractitionerView, ...]: ...
    def people_practitioner_known_at(self, /, id: object, at: object) -> prm._model.PractitionerView | None: ...
    def people_related_person(self, /, id: object) -> prm._model.RelatedPersonView: ...
    def people_related_person_history(self, /, id: object) -> tuple[prm._model.RelatedPersonView, ...]: ...
    def people_related_person_known_at(self, /, id: object, at: object) -> prm._model.RelatedPersonView | None: ...
    def people_related_persons(self, /, patient: object) -> tuple[prm._model.RelatedPersonView, ...]: ...
    def people_search(self, /, question: object, limit: object) -> tuple[prm._model.PatientHit, ...]: ...
    def people_table(self, /, progress: Progress) -> Stream:
        """
        The patients the session may see.
        """
    def people_void(self, /, id: object, version: object, reason: object) -> int: ...
    def people_void_care_team(self, /, id: object, version: object, reason: object) -> int: ...
    def people_void_organisation(self, /, id: object, version: object, reason: object) -> int: ...
    def people_void_practitioner(self, /, id: object, version: object, reason: object) -> int: ...
    def people_void_related_person(self, /, id: object, version: object, reason: object) -> int: ...
    def purpose(self, /) -> prm._model.Purpose:
        """
        What for.
        """
    def subscribe(self, /, after: int | None = None) -> Subscription:
        """
        Follows commits.
        """
    def upkeep_check(self, /, progress: Progress, watcher: object | None) -> prm._model.CheckReport: ...
    def upkeep_stats(self, /) -> prm._model.Stats: ...

@final
class Stream:
    """
    A table that was opened and may be read once.
    """
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object:
        """
        The rows. Another schema than the table's own is not made.
        """

@final
class Subscription:
    """
    Follows commits from a sequence on.
    """
    def next(self, /, at_most: float | None = None) -> prm._model.Event | None:
        """
        The next event, or none within so many seconds; without a limit if there is none.
        """
    def sequence(self, /) -> int:
        """
        Sequence of the last commit that was looked at.
        """

def days_of_date(date: object) -> tuple[datetime.date, datetime.date]:
    """
    The days that a date begins and ends with.
    """

def log_from(level: int) -> None:
    """
    Hands what the library traces, from this level of `logging` on, to the logger `prm`.
    """

def parts_of_when(when: object) -> datetime.datetime | tuple[int, int | None, int | None]:
    """
    A time as a date-time, with microseconds, or as year, month and day.
    """

def read_date(text: str) -> tuple[int, int | None, int | None]:
    """
    A date as the library writes it, or the error for a text that is none.
    """

def read_decimal(text: str) -> str:
    """
    The digits of a decimal, or the error for a text that is none.
    """

def read_when(when: object) -> str:
    """
    A time as the library writes it, or the error for what is none.
    """

def rehearse_defect() -> None:
    """
    A call that fails by a defect of the library, so that a host can see what it does then.
    """

def table_schema(name: str) -> object:
    """
    The columns of a table of this name: `patients`, `timeline`, `trend`, `accesses`.
    """
