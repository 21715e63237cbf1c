# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used from any
thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prm import _native
from prm._model.decide import AttributeScore, BestWorstSet, Comparison, Decision, DecisionAid, DecisionSheet
from prm._model.decide_2 import EligibilityFacts, Requirement
from prm._model.decide_codes import Instrument
from prm._model.decide_parts_2 import QualityResult
from prm._model.decide_views import (
    AidFinding, AttributeWeight, DecisionGap, Eligibility, IpdasResult, PairWeights, RequirementResult, ValuesMirror,
)
from prm._model.engage import HolidayCalendar
from prm._model.engage_2 import Schedule
from prm._model.evidence import AbsoluteRisk, EvidenceSource, Interval
from prm._model.evidence_codes import EffectMeasure
from prm._model.evidence_views import EvidenceFinding, EvidenceImport, NaturalFrequency, RiskComparison
from prm._model.ical import Feed, FeedItem, ScheduledItem
from prm._model.ids import PatientId
from prm._rooms.reckon_basics import ReckonBasics
from prm._scalars import Date, Decimal, Sensitive


class ReckonCalls(ReckonBasics):
    """Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used
    from any thread.
    """

    __slots__ = ()

    def missing(self, decision: Decision) -> tuple[DecisionGap, ...]:
        """What a decision is short of: what blocks choosing first, then what blocks signing.

        Parameters
        ----------
        decision : Decision
            A decision that a patient and a clinician share.

        Returns
        -------
        tuple[DecisionGap, ...]
            Something that a decision is short of.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_missing(decision)

    def mirror(self, sheet: DecisionSheet) -> ValuesMirror:
        """What a patient said of their values, as it adds up. A mirror, and no recommendation.

        Parameters
        ----------
        sheet : DecisionSheet
            What was said and chosen.

        Returns
        -------
        ValuesMirror
            A mirror of what the patient said.

        Raises
        ------
        Invalid
            ``Invalid`` for preferences that do not fit the options.
        """
        return self._native.reckon_mirror(sheet)

    def signatures_hold(self, decision: Decision) -> bool:
        """Whether every signature of a decision is one of its sheet as it is.

        Parameters
        ----------
        decision : Decision
            A decision that a patient and a clinician share.

        Returns
        -------
        bool

        Raises
        ------
        Invalid
            ``Invalid`` for a sheet that cannot be encoded.
        """
        return self._native.reckon_signatures_hold(decision)

    def swing_weights(self, scores: Sequence[AttributeScore] = ()) -> tuple[AttributeWeight, ...]:
        """Weights from ratings or swings, which add up to one.

        Parameters
        ----------
        scores : Sequence[AttributeScore], optional

        Returns
        -------
        tuple[AttributeWeight, ...]
            How much an attribute weighs by what the patient said.

        Raises
        ------
        Invalid
            ``Invalid`` for scores that are all 0, or not 0 to 100.
        """
        return self._native.reckon_swing_weights(scores)

    def pair_weights(self, attributes: Sequence[str] = (), comparisons: Sequence[Comparison] = ()) -> PairWeights:
        """Weights from comparisons of pairs (analytic hierarchy process), and whether the comparisons fit each
        other.

        Parameters
        ----------
        attributes : Sequence[str], optional
        comparisons : Sequence[Comparison], optional

        Returns
        -------
        PairWeights
            Weights from comparisons of pairs, and whether the comparisons fit each other.

        Raises
        ------
        Invalid
            ``Invalid`` for pairs that are missing, said twice or not on the scale of 1/9 to 9.
        """
        return self._native.reckon_pair_weights(attributes, comparisons)

    def best_worst_scores(
        self, attributes: Sequence[str] = (), sets: Sequence[BestWorstSet] = (),
    ) -> tuple[AttributeWeight, ...]:
        """Scores from best–worst scaling, −1 to 1.

        Parameters
        ----------
        attributes : Sequence[str], optional
        sets : Sequence[BestWorstSet], optional

        Returns
        -------
        tuple[AttributeWeight, ...]
            How much an attribute weighs by what the patient said.

        Raises
        ------
        Invalid
            ``Invalid`` for a set that names what it did not show.
        """
        return self._native.reckon_best_worst_scores(attributes, sets)

    def shipped_aids(self) -> tuple[DecisionAid, ...]:
        """The decision aids that come with the library. Each figure says where it was read; those that were not
        verified say so wherever they are shown.

        Returns
        -------
        tuple[DecisionAid, ...]
            A decision aid: data with a version.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_shipped_aids()

    def check_aid(self, aid: DecisionAid) -> tuple[AidFinding, ...]:
        """What is wrong with a decision aid.

        Parameters
        ----------
        aid : DecisionAid
            A decision aid: data with a version.

        Returns
        -------
        tuple[AidFinding, ...]
            Something that is wrong with an aid, or has to be known of it.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_check_aid(aid)

    def ipdas(self, aid: DecisionAid) -> IpdasResult:
        """How a decision aid does by the IPDASi checklist, version 4.0.

        Parameters
        ----------
        aid : DecisionAid
            A decision aid: data with a version.

        Returns
        -------
        IpdasResult
            How an aid does by the checklist.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_ipdas(aid)

    def score_quality(
        self, instrument: Instrument | str, on: Date, answers: Sequence[int | None] = (),
    ) -> QualityResult:
        """Scores answers to a measure of decision quality. Texts of items are the site's to load.

        Parameters
        ----------
        instrument : Instrument | str
            A measure of decision quality.
        on : Date
        answers : Sequence[int | None], optional

        Returns
        -------
        QualityResult
            A score of decision quality.

        Raises
        ------
        Invalid
            ``Invalid`` for another number of answers, and for answers that are not on its scale.
        """
        return self._native.reckon_score_quality(instrument, on, answers)

    def shipped_requirements(self) -> tuple[Requirement, ...]:
        """Rules of payers and guidelines on where a shared decision must be on record, as data.

        Returns
        -------
        tuple[Requirement, ...]
            A requirement.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_shipped_requirements()

    def eligible(self, requirement: Requirement, facts: EligibilityFacts = EligibilityFacts()) -> Eligibility:
        """Whether a patient is one of those whom a rule is about; unknown where a fact is missing.

        Parameters
        ----------
        requirement : Requirement
            A requirement.
        facts : EligibilityFacts, optional
            What is known of a patient on the day of the order; none where nobody knows.

        Returns
        -------
        Eligibility
            Whether a requirement is for a patient, and why not.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_eligible(requirement, facts)

    def completeness(
        self, requirement: Requirement, decision: Decision | None, ordered: Date, facts: EligibilityFacts | None = None,
    ) -> RequirementResult:
        """Whether a decision holds what a rule asks for before a thing is ordered on a day. What is missing is
        named.

        Parameters
        ----------
        requirement : Requirement
            A requirement.
        decision : Decision | None
        ordered : Date
        facts : EligibilityFacts | None, optional

        Returns
        -------
        RequirementResult
            Whether everything is on record.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_completeness(requirement, decision, ordered, facts)

    def compare_risks(self, untreated: AbsoluteRisk, treated: AbsoluteRisk) -> RiskComparison:
        """Puts a risk without treatment beside that with it: one denominator, absolute and relative difference,
        number needed.

        Parameters
        ----------
        untreated : AbsoluteRisk
            How many of how many people something happens to, over a time.
        treated : AbsoluteRisk
            How many of how many people something happens to, over a time.

        Returns
        -------
        RiskComparison
            Two risks beside each other.

        Raises
        ------
        Invalid
            ``Invalid`` for risks that are none, and for risks over different times.
        """
        return self._native.reckon_compare_risks(untreated, treated)

    def apply_effect(
        self, baseline: AbsoluteRisk, measure: EffectMeasure | str, estimate: Decimal, interval: Interval | None = None,
    ) -> AbsoluteRisk:
        """The risk with treatment, from that without and an effect.

        Parameters
        ----------
        baseline : AbsoluteRisk
            How many of how many people something happens to, over a time.
        measure : EffectMeasure | str
            What an effect is stated as (names of FHIR ``synthesis-effect-estimate`` where it has one).
        estimate : Decimal
        interval : Interval | None, optional

        Returns
        -------
        AbsoluteRisk
            How many of how many people something happens to, over a time.

        Raises
        ------
        Invalid
            ``Invalid`` for an effect that is no ratio or difference of risks, and for one that leads below
            none or above all.
        """
        return self._native.reckon_apply_effect(baseline, measure, estimate, interval)

    def natural_frequency(self, risk: AbsoluteRisk, denominator: int) -> NaturalFrequency:
        """A risk both ways round, in whole people of a denominator.

        Parameters
        ----------
        risk : AbsoluteRisk
            How many of how many people something happens to, over a time.
        denominator : int

        Returns
        -------
        NaturalFrequency
            A risk both ways round, in whole people.

        Raises
        ------
        Invalid
            ``Invalid`` for a risk that is none.
        """
        return self._native.reckon_natural_frequency(risk, denominator)

    def check_source(self, source: EvidenceSource) -> tuple[EvidenceFinding, ...]:
        """What is wrong with a source of evidence.

        Parameters
        ----------
        source : EvidenceSource
            A source of evidence: data about a work, and its findings as facts.

        Returns
        -------
        tuple[EvidenceFinding, ...]
            Something wrong with a source.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_check_source(source)

    def read_sources_json(self, text: str) -> EvidenceImport:
        """Reads sources of evidence from JSON: an array, or one. A bad one does not keep the others out.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        EvidenceImport
            Sources that came in, and those that did not.

        Raises
        ------
        Invalid
            ``Invalid`` for what is no JSON.
        """
        return self._native.reckon_read_sources_json(text)

    def read_sources_csv(self, text: str) -> EvidenceImport:
        """Reads sources of evidence from CSV, a row for each finding. A bad one does not keep the others out.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        EvidenceImport
            Sources that came in, and those that did not.

        Raises
        ------
        Invalid
            ``Invalid`` for a header that names no columns of the format.
        """
        return self._native.reckon_read_sources_csv(text)

    def read_calendar(self, text: str) -> Feed:
        """Reads an iCalendar feed (RFC 5545). What cannot be read of a feed that otherwise can is listed with
        its line.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Raises
        ------
        Invalid
            ``Invalid`` with the line for what is no feed.
        """
        return self._native.reckon_read_calendar(text)

    def write_calendar(self, feed: Feed = Feed()) -> Sensitive[str]:
        """Writes an iCalendar feed.

        Parameters
        ----------
        feed : Feed, optional
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Returns
        -------
        Sensitive[str]

        Raises
        ------
        Invalid
            ``Invalid`` for what iCalendar has no words for.
        """
        return self._native.reckon_write_calendar(feed)

    def calendar_of(self, schedules: Sequence[ScheduledItem], now: datetime) -> Feed:
        """A feed of schedules with their occurrences, to be published. It says their titles, when they are, and
        how they stand, and nothing else of the patient.

        Parameters
        ----------
        schedules : Sequence[ScheduledItem]
        now : datetime

        Returns
        -------
        Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none, or a zone that is not in the database.
        """
        return self._native.reckon_calendar_of(schedules, now)

    def schedule_of(self, item: FeedItem, patient: PatientId, zone: str) -> Schedule:
        """A schedule for a patient made of an item of a feed. ``zone`` is that of floating times of a patient
        whose own is not known. Look at the title before keeping it: what an outsider wrote may tell who the
        patient is.

        Parameters
        ----------
        item : FeedItem
            An event or something to do.
        patient : PatientId
            Whose.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.

        Returns
        -------
        Schedule
            What is to happen when, for one patient.

        Raises
        ------
        Invalid
            ``Invalid`` for an item without a time or a summary, or one that repeats by a rule that is none.
        """
        return self._native.reckon_schedule_of(item, patient, zone)

    def holidays_of(self, feed: Feed, from_: Date, until: Date) -> HolidayCalendar:
        """A calendar of holidays made of the events of whole days in a feed, from a day until another, both
        included.

        Parameters
        ----------
        feed : Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.
        from_ : Date
            The first day.
        until : Date
            The last day.

        Returns
        -------
        HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Raises
        ------
        Invalid
            ``Invalid`` for days in the wrong order, and for a feed that has no holidays in those days.
        """
        return self._native.reckon_holidays_of(feed, from_, until)
