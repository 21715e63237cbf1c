# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What went wrong: an exception for every kind of error."""

from __future__ import annotations

from prm._failure import PrmError, Retry

__all__ = [
    "AlreadyOpen", "AuditUnavailable", "Busy", "Cancelled", "Closed", "Conflict", "ConsentRequired", "Corrupted",
    "Denied", "Erased", "Full", "Invalid", "Io", "KeyRingMissing", "KeyRingStale", "LockUnsupported", "NotAStore",
    "NotFound", "OnHold", "RolledBack", "Unsupported", "UnsupportedFormat", "WrongKey", "WrongProcess",
]


class NotFound(PrmError, KeyError):
    """The record, patient or version asked for does not exist (or the caller may not know that it does)."""

    code = "not_found"
    retry = Retry.NEVER
    advice = "Check the id; it may belong to another store."


class Invalid(PrmError, ValueError):
    """A value or a combination of values is impossible."""

    code = "invalid"
    retry = Retry.NEVER
    advice = "Correct the input named in the message and send it again."


class Conflict(PrmError):
    """The record changed since it was read, or the same batch id was used with other content."""

    code = "conflict"
    retry = Retry.AFTER_RELOAD
    advice = "Read the record again, apply the edit to the newer version and send it again."


class Denied(PrmError):
    """Policy does not permit this actor to do this for this purpose."""

    code = "denied"
    retry = Retry.NEVER
    advice = "Ask an administrator for a role, a care-team membership or a proxy scope that permits it."


class ConsentRequired(PrmError):
    """A consent of the patient is needed first."""

    code = "consent_required"
    retry = Retry.NEVER
    advice = "Ask the patient for consent and record it."


class OnHold(PrmError):
    """A legal or administrative hold forbids the change."""

    code = "on_hold"
    retry = Retry.NEVER
    advice = "Have the hold released by whoever placed it."


class Erased(PrmError):
    """The record was erased: its key is destroyed."""

    code = "erased"
    retry = Retry.NEVER
    advice = "Nothing can bring it back; treat it as absent."


class AlreadyOpen(PrmError):
    """Another handle or process has the store open."""

    code = "already_open"
    retry = Retry.LATER
    advice = "Use the handle that is open, or shut it down first."


class LockUnsupported(PrmError):
    """The file system cannot lock files, so the store cannot be opened safely."""

    code = "lock_unsupported"
    retry = Retry.NEVER
    advice = "Put the store on a local file system that supports locks."


class NotAStore(PrmError):
    """The folder holds no store, or something else."""

    code = "not_a_store"
    retry = Retry.NEVER
    advice = "Check the path; open() never creates, create() does."


class UnsupportedFormat(PrmError):
    """The store, or a row of it, was written by a newer library."""

    code = "unsupported_format"
    retry = Retry.NEVER
    advice = "Update the library."


class WrongKey(PrmError):
    """The key opens no slot of the key ring."""

    code = "wrong_key"
    retry = Retry.NEVER
    advice = "Supply the key or passphrase the store was created with."


class KeyRingMissing(PrmError):
    """The key ring file is missing."""

    code = "key_ring_missing"
    retry = Retry.NEVER
    advice = "Put the newest copy of the `keys` file back beside `data`."


class KeyRingStale(PrmError):
    """The key ring is older than the store and lacks keys it needs."""

    code = "key_ring_stale"
    retry = Retry.NEVER
    advice = "Put the newest copy of the `keys` file back beside `data`."


class RolledBack(PrmError):
    """The store is older than what the host or the key ring remembers."""

    code = "rolled_back"
    retry = Retry.NEVER
    advice = "Find the newer copy, or accept the older one with a reason."


class Corrupted(PrmError):
    """Bytes are damaged: they fail authentication or decode to nothing valid."""

    code = "corrupted"
    retry = Retry.NEVER
    advice = "Run check(); shut down, keep the folder, and salvage into a new one."


class Full(PrmError, OSError):
    """The disk, or a limit of the format, is full."""

    code = "full"
    retry = Retry.LATER
    advice = "Free space and try again; nothing committed was lost."


class Io(PrmError, OSError):
    """The operating system reported an error."""

    code = "io"
    retry = Retry.LATER
    advice = "See the cause; try again once it is mended."


class Closed(PrmError):
    """The handle was shut down."""

    code = "closed"
    retry = Retry.NEVER
    advice = "Open the store again."


class WrongProcess(PrmError):
    """The handle was inherited through a fork."""

    code = "wrong_process"
    retry = Retry.NEVER
    advice = "Open the store in the process that uses it."


class Cancelled(PrmError):
    """The call was cancelled by its caller."""

    code = "cancelled"
    retry = Retry.LATER
    advice = "Nothing to do; start it again when wanted."


class Busy(PrmError):
    """The store is suspended, its files cannot be reached, or another operation holds what this one needs."""

    code = "busy"
    retry = Retry.LATER
    advice = "Try again in a moment; resume a store that is suspended first."


class AuditUnavailable(PrmError):
    """The access log cannot be written, so nothing may be shown."""

    code = "audit_unavailable"
    retry = Retry.LATER
    advice = "Make the store's folder writable and free space, then open again."


class Unsupported(PrmError):
    """This build or this store does not offer what was asked for."""

    code = "unsupported"
    retry = Retry.NEVER
    advice = "See the documentation of the call for what it needs."
