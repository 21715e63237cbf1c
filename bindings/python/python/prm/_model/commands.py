# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What is asked for: commands and batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.commands_add import (
    AddCarePause, AddCarePlan, AddCareTeam, AddCareTemplate, AddDecision, AddDecisionAid, AddEntry, AddEvidenceSource,
    AddGoal, AddHolidayCalendar, AddOrganisation, AddPatient, AddPractitioner, AddRelatedPerson, AddSchedule,
    OpenDecision, RecordOutcome, StartPlan,
)
from prm._model.commands_add_2 import AmendDecision, GrantRole, RevertDecision
from prm._model.commands_change import (
    EditCareTeam, EditCareTemplate, EditEntry, EditHolidayCalendar, EditOrganisation, EditPatient, EditPractitioner,
    EditRelatedPerson, VoidCareTeam, VoidCareTemplate, VoidEntry, VoidHolidayCalendar, VoidOrganisation, VoidPatient,
    VoidPractitioner, VoidRelatedPerson,
)
from prm._model.commands_change_2 import (
    AdvancePlan, ChangeSchedule, EditCarePause, EditCarePlan, EditEvidenceSource, EditGoal, EditSchedule, HandOverPlan,
    MoveOccurrence, UndoOutcome, UpgradePlan, VoidCarePause, VoidCarePlan, VoidEvidenceSource, VoidGoal, VoidSchedule,
)
from prm._model.commands_change_3 import (
    EditDecisionAid, EditRole, MoveDecision, RevokeRole, VoidDecision, VoidDecisionAid,
)
from prm._model.ids import BatchId
from prm._scalars import fill, many

__all__ = [
    "Batch", "Command",
]


Command: TypeAlias = (
    AddPatient | EditPatient | VoidPatient | AddRelatedPerson | EditRelatedPerson | VoidRelatedPerson |
    AddPractitioner | EditPractitioner | VoidPractitioner | AddOrganisation | EditOrganisation | VoidOrganisation |
    AddCareTeam | EditCareTeam | VoidCareTeam | AddEntry | EditEntry | VoidEntry | AddCareTemplate | EditCareTemplate |
    VoidCareTemplate | AddHolidayCalendar | EditHolidayCalendar | VoidHolidayCalendar | AddCarePlan | EditCarePlan |
    VoidCarePlan | AddGoal | EditGoal | VoidGoal | AddSchedule | EditSchedule | VoidSchedule | AddCarePause |
    EditCarePause | VoidCarePause | StartPlan | AdvancePlan | UpgradePlan | HandOverPlan | RecordOutcome | UndoOutcome |
    MoveOccurrence | ChangeSchedule | AddEvidenceSource | EditEvidenceSource | VoidEvidenceSource | AddDecisionAid |
    EditDecisionAid | VoidDecisionAid | OpenDecision | AddDecision | MoveDecision | AmendDecision | RevertDecision |
    VoidDecision | GrantRole | EditRole | RevokeRole
)
"""One thing a caller asks for. All commands of a batch happen, or none.

``Add…`` takes the id the record is to have, or none for a fresh one. ``Edit…`` replaces the record; it
carries the version it was made on, and another current version is a ``Conflict``. ``Void…`` marks a record as
entered in error: it leaves every list, is kept with its history, and cannot be edited any more.
"""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Batch:
    """Commands that happen together or not at all, later ones seeing what earlier ones did.

    With an id of the caller's, the batch may be sent again after an answer was lost: the same id with the
    same commands gives the first receipt, with others it is a ``Conflict``. A rejected batch is not
    remembered.

    Parameters
    ----------
    id : BatchId, optional
        The caller's id; none for a fresh one that nobody can repeat.
    commands : sequence of Command
        The commands, in order. Of 100,000 at most.
    """

    id: BatchId | None
    commands: tuple[Command, ...]

    def __init__(
        self, *, id: BatchId | None = None, commands: Sequence[Command],
    ) -> None:
        fill(
            self, id=id, commands=many(commands),
        )
