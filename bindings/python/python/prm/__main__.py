"""``python -m prm inspect PATH``: what a store is made of, without content.

Looking is an access of a program, ``prm inspect``, and stands in the audit. Figures of the tables are for administrators: name
one with ``--actor``. Content of a patient needs ``--patient``, ``--actor`` and ``--purpose``. The key comes from a descriptor, from
the environment variable ``PRM_KEY`` or from a prompt, never from an argument.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import prm
from prm._store import Acting, as_key

__all__ = ["main"]


class _NoKey(Exception):
    """There is no key to be had; the text says why and holds nothing of one."""


def _read(descriptor: int) -> bytes:
    try:
        with os.fdopen(descriptor, "rb") as file:
            return file.read()
    except OSError as error:
        raise _NoKey(f"descriptor {descriptor} cannot be read: {error.strerror}") from None


def _key(words_from: int | None, raw_from: int | None) -> prm.Key:
    if raw_from is not None:
        secret = _read(raw_from)
        if len(secret) != 32:
            raise _NoKey(f"a raw key has 32 bytes, descriptor {raw_from} gave {len(secret)}")
        return prm.Key.raw(secret)
    if words_from is not None:
        try:
            return as_key(_read(words_from).decode().removesuffix("\n").removesuffix("\r"))
        except UnicodeDecodeError:
            raise _NoKey(f"descriptor {words_from} gave no text; --raw-key-fd reads a key of 32 bytes") from None
    words = os.environ.get("PRM_KEY")
    if words is None:
        try:
            words = getpass.getpass("Passphrase: ")
        except EOFError:
            raise _NoKey("nobody typed a passphrase: set PRM_KEY or use --key-fd") from None
    return as_key(words)


def _actor(text: str) -> Acting:
    kind, _, name = text.partition(":")
    try:
        if kind == "practitioner":
            return prm.PractitionerId(name)
        if kind == "patient":
            return prm.PatientId(name)
        if kind == "related-person":
            return prm.RelatedPersonId(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if kind == "system" and name:
        return name
    raise argparse.ArgumentTypeError("an actor is practitioner:ID, patient:ID, related-person:ID or system:NAME")


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield f"  {path.name:<12}{path.stat().st_size:>16,} bytes"


def _structure(store: prm.Prm, path: Path, actor: Acting) -> Iterator[str]:
    yield f"store         {path}"
    yield from _files(path)
    yield f"zones         {store.zones_version}"
    with store.session(actor, prm.Purpose.OPERATIONS) as session:
        try:
            stats = session.upkeep.stats()
        except prm.Denied as denied:
            yield f"tables        not shown: {denied}"
            yield "              name an administrator, e.g. --actor practitioner:ID"
            return
    yield f"format        {stats.format}"
    yield f"written with  zones {stats.zones}"
    yield f"sequence      {stats.sequence:,}"
    yield f"audit         {stats.audit_entries:,} entries, {stats.pending_accesses:,} accesses not folded yet"
    yield f"pages sealed  {stats.seals:,}{', should be rewritten' if stats.wants_rewrite else ''}"
    yield f"damage met    {stats.damaged_reads:,} pages"
    for table in stats.rows:
        yield f"  {table.table:<12}{table.rows:>16,} rows"


def _content(store: prm.Prm, patient: prm.PatientId, actor: Acting, purpose: str) -> Iterator[str]:
    with store.session(actor, purpose) as session:
        view = session.people.patient(patient)
        names = [name.text or name.family for name in view.patient.names]
        yield f"patient       {', '.join(name.expose() for name in names if name)} (version {view.version})"
        yield f"born          {view.patient.birth_date or 'not known'}"
        for shown in session.chart.timeline(patient, page=prm.Page(limit=20)).entries:
            yield f"  {str(shown.entry.when or ''):<26}{shown.entry.kind:<24}{shown.entry.title.expose()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; gives its exit status."""
    parser = argparse.ArgumentParser(prog="python -m prm", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    inspect = commands.add_parser("inspect", help="what a store is made of", allow_abbrev=False)
    inspect.add_argument("path", type=Path)
    inspect.add_argument("--key-fd", type=int, metavar="N", help="read the passphrase from a descriptor")
    inspect.add_argument("--raw-key-fd", type=int, metavar="N", help="read a key of 32 bytes from a descriptor")
    inspect.add_argument("--actor", type=_actor, metavar="WHO", help="practitioner:ID, system:NAME, …")
    inspect.add_argument("--purpose", metavar="CODE", help="TREAT, HOPERAT or PATRQT; for content")
    inspect.add_argument("--patient", type=prm.PatientId, metavar="ID", help="show content of this patient")
    asked = parser.parse_args(arguments)
    if asked.patient is not None and (asked.actor is None or asked.purpose is None):
        inspect.error("content needs --actor and --purpose")
    try:
        with prm.open(asked.path, key=_key(asked.key_fd, asked.raw_key_fd)) as store:
            for line in _structure(store, asked.path, asked.actor or "prm inspect"):
                print(line)
            if asked.patient is not None:
                for line in _content(store, asked.patient, asked.actor, asked.purpose):
                    print(line)
    except _NoKey as error:
        print(f"no key: {error}", file=sys.stderr)
        return 2
    except prm.PrmError as error:
        print(f"{error.code}: {error}. {error.advice}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
