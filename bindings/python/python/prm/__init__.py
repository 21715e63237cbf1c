"""An embeddable engine for Patient Relationship Management: one encrypted, audited store inside your program.

Examples
--------
>>> import prm
>>> with prm.open_memory(founder="front desk") as p, p.session(actor="front desk", purpose=prm.Purpose.OPERATIONS) as s:
...     ana = s.people.add(prm.Patient(names=[prm.HumanName(given=["Ana"], family="Ortiz")], birth_date="1987-04"))
...     s.people.search("ana ortis")[0].patient.id == ana
True

Rooms have modules of their own: `prm.people`, `prm.chart`, `prm.engage`, `prm.plan`, `prm.decide`, `prm.evidence`,
`prm.fhir`, `prm.govern`; everything is
found here as well.
What needs no store is calculated by `prm.reckon`.

Names, contacts and free text are `Sensitive`: they do not print, and ``expose()`` gives the content. Plain values are taken
wherever one is expected. Instants are aware datetimes in UTC with microseconds; what the store knows more finely is rounded
up.
"""

from prm import _errors, _model, chart, decide, engage, evidence, fhir, govern, ical, people, plan
from prm._drawing import Drawing, Html
from prm._errors import *
from prm._failure import Defect, PrmError, Retry
from prm._logging import log
from prm._model import *
from prm._native import Key, ManualClock, Progress
from prm._notebook import install as _install
from prm._reckon import Reckoner
from prm._scalars import CivilTime, Code, Cursor, Date, Decimal, Id, PartialDate, Sensitive, When
from prm._session import Changes, Pending, Session
from prm._store import Prm, create, files, open, open_memory, salvage
from prm._table import Table

__all__ = [
    "Changes", "CivilTime", "Code", "Cursor", "Date", "Decimal", "Defect", "Drawing", "Html", "Id", "Key", "ManualClock",
    "PartialDate", "Pending", "Prm", "PrmError", "Progress", "Reckoner", "Retry", "Sensitive", "Session", "Table", "When", "chart",
    "create", "decide", "engage", "evidence", "fhir", "files", "govern", "ical", "log", "open", "open_memory", "people", "plan", "reckon", "salvage",
]
__all__ += _errors.__all__
__all__ += _model.__all__

reckon: Reckoner = Reckoner()
"""Calculations that need no store, with the time zones that come with the library."""

_install()
