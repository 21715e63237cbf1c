# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Every class that crosses."""

from prm._model.chart import ChartEntry, TimelineQuery
from prm._model.chart_codes import EntryKind, EntryStatus, ListState, TimelineOrder
from prm._model.chart_parts import (
    Component, EntryValue, EntryValueBoolean, EntryValueConcept, EntryValueInSource, EntryValueInteger,
    EntryValueQuantity, EntryValueText, EntryValueWhen, Link, LinkTarget, LinkTargetEntry, LinkTargetOrganisation,
    LinkTargetPatient, LinkTargetPractitioner, LinkTargetRecord, LinkTargetUnresolved, Origin,
)
from prm._model.chart_views import DoseView, EntryView, LatestValue, ListItem, Point, Series, Trend, VaccineView
from prm._model.codes import ChangeKind, Comparator, ExportFormat, Purpose, RecordKind
from prm._model.commands import Batch, Command
from prm._model.commands_add import (
    AddCareTeam, AddEntry, AddOrganisation, AddPatient, AddPractitioner, AddRelatedPerson, GrantRole,
)
from prm._model.commands_change import (
    EditCareTeam, EditEntry, EditOrganisation, EditPatient, EditPractitioner, EditRelatedPerson, EditRole, RevokeRole,
    VoidCareTeam, VoidEntry, VoidOrganisation, VoidPatient, VoidPractitioner, VoidRelatedPerson,
)
from prm._model.govern import RoleGrant
from prm._model.govern_codes import Action, DataClass, Role
from prm._model.govern_views import (
    AccessPage, AccessView, AuditEvent, AuditEventAccess, AuditEventGap, AuditEventListed, AuditEventSession,
    AuditEventUnknown, AuditEventWrote, AuditPage, AuditView,
)
from prm._model.ids import (
    BatchId, CareTeamId, EntryId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId, RoleGrantId,
    SessionId,
)
from prm._model.people import CareTeam, Organisation, Patient, PatientSearch, Practitioner, RelatedPerson
from prm._model.people_codes import (
    Authority, ContactSystem, ContactUse, Gender, IdentifierUse, NameMatching, NameUse, ProxyScope, SexForClinicalUse,
)
from prm._model.people_parts import (
    Address, CareTeamMember, CommunicationPreferences, ContactPoint, Deceased, HumanName, Identifier, Language, Member,
    MemberOrganisation, MemberPatient, MemberPractitioner, MemberRelatedPerson,
)
from prm._model.people_views import (
    CareTeamView, MatchReason, MatchReasonBirthDate, MatchReasonFuzzy, MatchReasonIdentifier, MatchReasonNameExact,
    MatchReasonNamePrefix, MatchReasonPhone, MatchReasonPhonetic, OrganisationView, PatientHit, PatientRow, PatientView,
    PractitionerView, RelatedPersonView,
)
from prm._model.values import (
    Actor, Coding, Concept, FhirImport, Page, Period, Quantity, Who, WhoPatient, WhoPractitioner, WhoRelatedPerson,
    WhoSystem,
)
from prm._model.values_views import (
    CheckReport, Event, EventChanged, EventLagged, ExportReport, ImportReport, NoteReport, Notice, PatientPage, Receipt,
    RefusedRecord, Salvaged, Stats, StoreFile, TableRows, TimelinePage, TypeReport, Written,
)

__all__ = [
    "AccessPage", "AccessView", "Action", "Actor", "AddCareTeam", "AddEntry", "AddOrganisation", "AddPatient",
    "AddPractitioner", "AddRelatedPerson", "Address", "AuditEvent", "AuditEventAccess", "AuditEventGap",
    "AuditEventListed", "AuditEventSession", "AuditEventUnknown", "AuditEventWrote", "AuditPage", "AuditView",
    "Authority", "Batch", "BatchId", "CareTeam", "CareTeamId", "CareTeamMember", "CareTeamView", "ChangeKind",
    "ChartEntry", "CheckReport", "Coding", "Command", "CommunicationPreferences", "Comparator", "Component", "Concept",
    "ContactPoint", "ContactSystem", "ContactUse", "DataClass", "Deceased", "DoseView", "EditCareTeam", "EditEntry",
    "EditOrganisation", "EditPatient", "EditPractitioner", "EditRelatedPerson", "EditRole", "EntryId", "EntryKind",
    "EntryStatus", "EntryValue", "EntryValueBoolean", "EntryValueConcept", "EntryValueInSource", "EntryValueInteger",
    "EntryValueQuantity", "EntryValueText", "EntryValueWhen", "EntryView", "Event", "EventChanged", "EventLagged",
    "ExportFormat", "ExportReport", "FhirImport", "Gender", "GrantRole", "HumanName", "Identifier", "IdentifierUse",
    "ImportReport", "Language", "LatestValue", "Link", "LinkTarget", "LinkTargetEntry", "LinkTargetOrganisation",
    "LinkTargetPatient", "LinkTargetPractitioner", "LinkTargetRecord", "LinkTargetUnresolved", "ListItem", "ListState",
    "MatchReason", "MatchReasonBirthDate", "MatchReasonFuzzy", "MatchReasonIdentifier", "MatchReasonNameExact",
    "MatchReasonNamePrefix", "MatchReasonPhone", "MatchReasonPhonetic", "Member", "MemberOrganisation", "MemberPatient",
    "MemberPractitioner", "MemberRelatedPerson", "NameMatching", "NameUse", "NoteReport", "Notice", "Organisation",
    "OrganisationId", "OrganisationView", "Origin", "Page", "Patient", "PatientHit", "PatientId", "PatientPage",
    "PatientRow", "PatientSearch", "PatientView", "Period", "Point", "Practitioner", "PractitionerId",
    "PractitionerView", "ProxyScope", "Purpose", "Quantity", "Receipt", "RecordId", "RecordKind", "RefusedRecord",
    "RelatedPerson", "RelatedPersonId", "RelatedPersonView", "RevokeRole", "Role", "RoleGrant", "RoleGrantId",
    "Salvaged", "Series", "SessionId", "SexForClinicalUse", "Stats", "StoreFile", "TableRows", "TimelineOrder",
    "TimelinePage", "TimelineQuery", "Trend", "TypeReport", "VaccineView", "VoidCareTeam", "VoidEntry",
    "VoidOrganisation", "VoidPatient", "VoidPractitioner", "VoidRelatedPerson", "Who", "WhoPatient", "WhoPractitioner",
    "WhoRelatedPerson", "WhoSystem", "Written",
]
