# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Templates, plans of care and goals."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.ids import CarePlanId, CareTemplateId, GoalId, PatientId
from prm._model.plan import PlanStart, UpgradeChoices
from prm._model.plan_views import AssessedGoal, CarePlanView, CareTemplateView, GoalView, Instantiated, UpgradeProposal
from prm._model.values_views import CareImport
from prm._model.values_views_2 import TemplateImport
from prm._rooms.plan_commands import PlanCommands


class PlanCalls(PlanCommands):
    """Templates, plans of care and goals."""

    __slots__ = ()

    def export_fhir(self, plan: CarePlanId) -> str:
        """A plan as a bundle of FHIR R4: ``CarePlan``, its goals, a ``ServiceRequest`` for each schedule, a
        ``Task`` for each occurrence of which something is recorded and for each that may be done now. Goals
        and schedules that the session may not see are left out.

        Records are called by their ids here: ``Practitioner/<id>``. ``import_fhir`` gives the plan back.

        Parameters
        ----------
        plan : CarePlanId

        Returns
        -------
        str

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_export_fhir(plan)

    def import_fhir(self, patient: PatientId, text: str) -> CareImport:
        """Takes the plan of a text as one that the engine carries out: a bundle with one ``CarePlan``, its
        goals, requests and tasks, or a ``CarePlan`` alone. It becomes one batch: all of it comes in, or
        nothing.

        Ids of ours stay; another record that has one of them already is a ``Conflict``. Goals, activities and
        timings of other systems are taken as far as they can be read exactly; what cannot is told. Nothing is
        held against the past of a rule that another system wrote: it counts from today on.

        Parameters
        ----------
        patient : PatientId
            Whose.
        text : str
            What is read.

        Returns
        -------
        CareImport
            What an imported plan became.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            ``Invalid`` for a text that is no plan, or one of another patient; else as ``Session.execute``.
        """
        return self._native.plan_import_fhir(patient, text)

    def export_template_fhir(self, id: CareTemplateId) -> str:
        """A template of care plans as a ``PlanDefinition`` of FHIR R4. ``import_template_fhir`` gives it back.

        Parameters
        ----------
        id : CareTemplateId
            Which.

        Returns
        -------
        str

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_export_template_fhir(id)

    def import_template_fhir(self, text: str) -> TemplateImport:
        """Takes a ``PlanDefinition`` as a template of care plans. Actions are taken as far as it is said exactly
        when they are due; what is not taken is told. It becomes a new template, whatever id the text has.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        TemplateImport
            What an imported template became.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            ``Invalid`` for a text that is no ``PlanDefinition``, or of which no action can be taken; else as
            ``Session.execute``.
        """
        return self._native.plan_import_template_fhir(text)

    def template(self, id: CareTemplateId) -> CareTemplateView:
        """Reads the record of a template of care plans.

        Parameters
        ----------
        id : CareTemplateId
            Which.

        Returns
        -------
        CareTemplateView
            A template of care plans as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_template(id)

    def template_history(self, id: CareTemplateId) -> tuple[CareTemplateView, ...]:
        """Every version of the record of a template of care plans that the session may see, oldest first:
        security labels of then and of now are asked about.

        Parameters
        ----------
        id : CareTemplateId
            Which.

        Returns
        -------
        tuple[CareTemplateView, ...]
            A template of care plans as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_template_history(id)

    def template_known_at(self, id: CareTemplateId, at: datetime) -> CareTemplateView | None:
        """The record of a template of care plans as the store knew it at an instant; none if it did not know it
        yet.

        Parameters
        ----------
        id : CareTemplateId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        CareTemplateView | None
            A template of care plans as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_template_known_at(id, at)

    def plan(self, id: CarePlanId) -> CarePlanView:
        """Reads the record of a plan of care.

        Parameters
        ----------
        id : CarePlanId
            Which.

        Returns
        -------
        CarePlanView
            A plan of care as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_plan(id)

    def plan_history(self, id: CarePlanId) -> tuple[CarePlanView, ...]:
        """Every version of the record of a plan of care that the session may see, oldest first: security labels
        of then and of now are asked about.

        Parameters
        ----------
        id : CarePlanId
            Which.

        Returns
        -------
        tuple[CarePlanView, ...]
            A plan of care as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_plan_history(id)

    def plan_known_at(self, id: CarePlanId, at: datetime) -> CarePlanView | None:
        """The record of a plan of care as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : CarePlanId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        CarePlanView | None
            A plan of care as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_plan_known_at(id, at)

    def goal(self, id: GoalId) -> GoalView:
        """Reads the record of a goal.

        Parameters
        ----------
        id : GoalId
            Which.

        Returns
        -------
        GoalView
            A goal as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_goal(id)

    def goal_history(self, id: GoalId) -> tuple[GoalView, ...]:
        """Every version of the record of a goal that the session may see, oldest first: security labels of then
        and of now are asked about.

        Parameters
        ----------
        id : GoalId
            Which.

        Returns
        -------
        tuple[GoalView, ...]
            A goal as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_goal_history(id)

    def goal_known_at(self, id: GoalId, at: datetime) -> GoalView | None:
        """The record of a goal as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : GoalId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        GoalView | None
            A goal as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.plan_goal_known_at(id, at)

    def templates(self) -> tuple[CareTemplateView, ...]:
        """The templates that were not entered in error, in the order they were added.

        Returns
        -------
        tuple[CareTemplateView, ...]
            A template of care plans as it was read.

        Raises
        ------
        Denied, Corrupted, Closed, AuditUnavailable
            ``Denied`` to those who may not see the directory; ``AuditUnavailable``, ``Corrupted``,
            ``Closed``.
        """
        return self._native.plan_templates()

    def plans(self, patient: PatientId) -> tuple[CarePlanView, ...]:
        """The plans of a patient that were not entered in error, in the order they were added.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[CarePlanView, ...]
            A plan of care as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.plan_plans(patient)

    def goals(self, patient: PatientId) -> tuple[AssessedGoal, ...]:
        """The goals of a patient that were not entered in error, in the order of their ids, each with how it
        stands by the newest values of the chart that the session may see. What was not measured is unknown,
        never met.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[AssessedGoal, ...]
            A goal with what the chart says of it.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``plans``.
        """
        return self._native.plan_goals(patient)

    def preview_start(
        self, template: CareTemplateId, patient: PatientId, plan: CarePlanId, start: PlanStart,
    ) -> Instantiated:
        """What ``start`` would make. Ids are those of a plan with the id ``plan``.

        Parameters
        ----------
        template : CareTemplateId
        patient : PatientId
            Whose.
        plan : CarePlanId
        start : PlanStart
            What a plan is started with besides its template and its patient.

        Returns
        -------
        Instantiated
            What a template comes to for one patient.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As reading the patient and the template; ``Invalid`` as ``start``.
        """
        return self._native.plan_preview_start(template, patient, plan, start)

    def preview_upgrade(
        self, id: CarePlanId, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart,
    ) -> UpgradeProposal:
        """What ``upgrade`` would do: the rows that differ, and what the plan would be.

        Parameters
        ----------
        id : CarePlanId
            Which.
        template : CareTemplateId
        choices : UpgradeChoices
            The choices of an upgrade.
        start : PlanStart
            What a plan is started with besides its template and its patient.

        Returns
        -------
        UpgradeProposal
            A plan as an upgrade would leave it.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As reading the plan and the template; ``Invalid`` as ``upgrade``.
        """
        return self._native.plan_preview_upgrade(id, template, choices, start)
