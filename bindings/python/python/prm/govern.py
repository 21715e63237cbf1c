# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Roles and accesses."""

from prm._model.govern import RoleGrant
from prm._model.govern_codes import Action, DataClass, Role
from prm._model.govern_views import (
    AccessPage, AccessView, AuditEvent, AuditEventAccess, AuditEventGap, AuditEventListed, AuditEventSession,
    AuditEventUnknown, AuditEventWrote, AuditPage, AuditView,
)

__all__ = [
    "AccessPage", "AccessView", "Action", "AuditEvent", "AuditEventAccess", "AuditEventGap", "AuditEventListed",
    "AuditEventSession", "AuditEventUnknown", "AuditEventWrote", "AuditPage", "AuditView", "DataClass", "Role",
    "RoleGrant",
]
