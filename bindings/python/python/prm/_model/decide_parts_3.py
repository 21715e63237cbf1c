# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of decide are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from prm._model.decide_codes import ElementKind
from prm._scalars import Decimal, DecimalLike, as_decimal, fill

__all__ = [
    "Criterion", "CriterionRule", "CriterionRuleAge", "CriterionRuleAsymptomatic", "CriterionRuleFirstDevice",
    "CriterionRuleNoLongTermAnticoagulant", "CriterionRulePackYears", "CriterionRulePrimaryPrevention",
    "CriterionRuleShortTermWarfarin", "CriterionRuleSmokesOrQuitWithin", "CriterionRuleStrokeScore",
    "RequirementElement",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CriterionRuleAge:
    """Age in whole years, both ends counted.

    Parameters
    ----------
    low : int
        Lowest.
    high : int
        Highest.
    """

    low: int
    high: int

    def __init__(
        self, *, low: int, high: int,
    ) -> None:
        fill(
            self, low=low, high=high,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CriterionRulePackYears:
    """Pack-years, at least.

    Parameters
    ----------
    least : Decimal
        So many.
    """

    least: Decimal

    def __init__(
        self, *, least: DecimalLike,
    ) -> None:
        fill(
            self, least=as_decimal(least),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CriterionRuleSmokesOrQuitWithin:
    """Smokes, or quit so many years ago at most.

    Parameters
    ----------
    years : Decimal
        Years.
    """

    years: Decimal

    def __init__(
        self, *, years: DecimalLike,
    ) -> None:
        fill(
            self, years=as_decimal(years),
        )


@dataclass(frozen=True, slots=True)
class CriterionRuleAsymptomatic:
    """Has no sign or symptom of what is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CriterionRuleStrokeScore:
    """Either score of the risk of stroke in atrial fibrillation, at least.

    Parameters
    ----------
    chads2 : int
        CHADS2.
    cha2ds2_vasc : int
        CHA2DS2-VASc.
    """

    chads2: int
    cha2ds2_vasc: int

    def __init__(
        self, *, chads2: int, cha2ds2_vasc: int,
    ) -> None:
        fill(
            self, chads2=chads2, cha2ds2_vasc=cha2ds2_vasc,
        )


@dataclass(frozen=True, slots=True)
class CriterionRuleShortTermWarfarin:
    """Can take warfarin for a short time."""


@dataclass(frozen=True, slots=True)
class CriterionRuleNoLongTermAnticoagulant:
    """Cannot take an anticoagulant by mouth for long."""


@dataclass(frozen=True, slots=True)
class CriterionRulePrimaryPrevention:
    """The device is to prevent a first arrest or arrhythmia."""


@dataclass(frozen=True, slots=True)
class CriterionRuleFirstDevice:
    """It is the first device."""


CriterionRule: TypeAlias = (
    CriterionRuleAge | CriterionRulePackYears | CriterionRuleSmokesOrQuitWithin | CriterionRuleAsymptomatic |
    CriterionRuleStrokeScore | CriterionRuleShortTermWarfarin | CriterionRuleNoLongTermAnticoagulant |
    CriterionRulePrimaryPrevention | CriterionRuleFirstDevice
)
"""How a criterion is decided."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Criterion:
    """Something that has to hold of the patient.

    Parameters
    ----------
    key : str
        Key.
    title : str
        What, in our words.
    rule : CriterionRule
        How it is decided.
    """

    key: str
    title: str
    rule: CriterionRule

    def __init__(
        self, *, key: str, title: str, rule: CriterionRule,
    ) -> None:
        fill(
            self, key=key, title=title, rule=rule,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RequirementElement:
    """Something that has to be on record.

    Parameters
    ----------
    key : str
        Key, which a row of counselling names.
    title : str
        What, in our words.
    kind : ElementKind
        What shows that it is met.
    """

    key: str
    title: str
    kind: ElementKind

    def __init__(
        self, *, key: str, title: str, kind: ElementKind | str,
    ) -> None:
        fill(
            self, key=key, title=title, kind=ElementKind(kind),
        )
