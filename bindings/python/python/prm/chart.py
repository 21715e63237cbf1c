# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""The chart and the journey."""

from prm._model.chart import ChartEntry, TimelineQuery
from prm._model.chart_codes import EntryKind, EntryStatus, ListState, TimelineOrder
from prm._model.chart_parts import (
    Component, EntryValue, EntryValueBoolean, EntryValueConcept, EntryValueInSource, EntryValueInteger,
    EntryValueQuantity, EntryValueText, EntryValueWhen, Link, LinkTarget, LinkTargetEntry, LinkTargetOrganisation,
    LinkTargetPatient, LinkTargetPractitioner, LinkTargetRecord, LinkTargetUnresolved, Origin,
)
from prm._model.chart_views import DoseView, EntryView, LatestValue, ListItem, Point, Series, Trend, VaccineView

__all__ = [
    "ChartEntry", "Component", "DoseView", "EntryKind", "EntryStatus", "EntryValue", "EntryValueBoolean",
    "EntryValueConcept", "EntryValueInSource", "EntryValueInteger", "EntryValueQuantity", "EntryValueText",
    "EntryValueWhen", "EntryView", "LatestValue", "Link", "LinkTarget", "LinkTargetEntry", "LinkTargetOrganisation",
    "LinkTargetPatient", "LinkTargetPractitioner", "LinkTargetRecord", "LinkTargetUnresolved", "ListItem", "ListState",
    "Origin", "Point", "Series", "TimelineOrder", "TimelineQuery", "Trend", "VaccineView",
]
