# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Values made of what belongs to rooms."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.ids import CareTemplateId
from prm._model.plan import PlanStart, UpgradeChoices
from prm._scalars import fill

__all__ = [
    "TemplateChange",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateChange:
    """A change of plans whose effect on the days ahead is looked at: every plan made from the template, upgraded
    to its current version.

    Parameters
    ----------
    template : CareTemplateId
        The template, in the version plans would have.
    choices : UpgradeChoices
        What would be done about each row that differs.
    start : PlanStart
        From when on new rows would hold, and what they would be made from.
    """

    template: CareTemplateId
    choices: UpgradeChoices
    start: PlanStart

    def __init__(
        self, *, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart,
    ) -> None:
        fill(
            self, template=template, choices=choices, start=start,
        )
