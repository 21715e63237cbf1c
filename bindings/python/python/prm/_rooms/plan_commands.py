# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Templates, plans of care and goals."""

from __future__ import annotations

from prm import _native
from prm._model.ids import CarePlanId, CareTemplateId, GoalId, PatientId
from prm._model.plan import CareOwner, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices
from prm._scalars import Sensitive


class PlanCommands:
    """Templates, plans of care and goals."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def add_template(self, care_template: CareTemplate) -> CareTemplateId:
        """Adds a template of care plans.

        Parameters
        ----------
        care_template : CareTemplate
            A template of care plans.

        Returns
        -------
        CareTemplateId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_add_template(care_template)

    def edit_template(self, id: CareTemplateId, version: int, care_template: CareTemplate) -> int:
        """Replaces the record of a template of care plans; ``version`` is the one the edit was made on. Gives
        the new version.

        Parameters
        ----------
        id : CareTemplateId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        care_template : CareTemplate
            A template of care plans.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_edit_template(id, version, care_template)

    def void_template(self, id: CareTemplateId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a template of care plans as entered in error. Gives the new version.

        Parameters
        ----------
        id : CareTemplateId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_void_template(id, version, reason)

    def add_plan(self, care_plan: CarePlan) -> CarePlanId:
        """Adds a plan of care.

        Parameters
        ----------
        care_plan : CarePlan
            A plan of care for one patient (FHIR ``CarePlan``).

        Returns
        -------
        CarePlanId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_add_plan(care_plan)

    def edit_plan(self, id: CarePlanId, version: int, care_plan: CarePlan) -> int:
        """Replaces the record of a plan of care; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : CarePlanId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        care_plan : CarePlan
            A plan of care for one patient (FHIR ``CarePlan``).

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_edit_plan(id, version, care_plan)

    def void_plan(self, id: CarePlanId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a plan of care as entered in error. Gives the new version.

        Parameters
        ----------
        id : CarePlanId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_void_plan(id, version, reason)

    def add_goal(self, goal: Goal) -> GoalId:
        """Adds a goal.

        Parameters
        ----------
        goal : Goal
            A goal of one patient (FHIR ``Goal``).

        Returns
        -------
        GoalId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_add_goal(goal)

    def edit_goal(self, id: GoalId, version: int, goal: Goal) -> int:
        """Replaces the record of a goal; ``version`` is the one the edit was made on. Gives the new version.

        Parameters
        ----------
        id : GoalId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        goal : Goal
            A goal of one patient (FHIR ``Goal``).

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_edit_goal(id, version, goal)

    def void_goal(self, id: GoalId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a goal as entered in error. Gives the new version.

        Parameters
        ----------
        id : GoalId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.plan_void_goal(id, version, reason)

    def start(self, template: CareTemplateId, patient: PatientId, start: PlanStart) -> CarePlanId:
        """Makes a plan for a patient from a template: the plan, its goals and its schedules, all or nothing.
        Gives the plan.

        Parameters
        ----------
        template : CareTemplateId
        patient : PatientId
            Whose.
        start : PlanStart
            What a plan is started with besides its template and its patient.

        Returns
        -------
        CarePlanId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` naming an event that the template needs and that is missing.
        """
        return self._native.plan_start(template, patient, start)

    def advance(self, id: CarePlanId, version: int, state: str | None, start: PlanStart) -> int:
        """Takes a plan to another state of its pathway, or tells it of events it waited for. Gives the new
        version.

        Parameters
        ----------
        id : CarePlanId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        state : str | None
        start : PlanStart
            What a plan is started with besides its template and its patient.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` if no way leads to the state.
        """
        return self._native.plan_advance(id, version, state, start)

    def upgrade(
        self, id: CarePlanId, version: int, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart,
    ) -> int:
        """Upgrades a plan to the current version of a template, row by row as chosen. Gives the new version.

        Parameters
        ----------
        id : CarePlanId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        template : CareTemplateId
        choices : UpgradeChoices
            The choices of an upgrade.
        start : PlanStart
            What a plan is started with besides its template and its patient.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` if the plan was not made from a version of the template.
        """
        return self._native.plan_upgrade(id, version, template, choices, start)

    def hand_over(self, id: CarePlanId, version: int, from_: CareOwner, to: CareOwner) -> int:
        """Hands what someone owns of a plan, its activities and its schedules over to someone else. Nothing is
        left without an owner. Gives the new version.

        Parameters
        ----------
        id : CarePlanId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        from_ : CareOwner
            Who sees to something: a team or clinic, or a person.
        to : CareOwner
            Who sees to something: a team or clinic, or a person.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` if something would be left without an owner.
        """
        return self._native.plan_hand_over(id, version, from_, to)
