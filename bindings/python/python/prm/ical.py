# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Types of ical."""

from prm._model.ical import Feed, FeedItem, ScheduledItem
from prm._model.ical_codes import FeedKind
from prm._model.ical_parts import (
    AddedPeriod, Alarm, AlarmTrigger, AlarmTriggerAt, AlarmTriggerBeforeEnd, AlarmTriggerBeforeStart, Attached,
    FeedTime, RawComponent, RawParameter, RawProperty, Refused,
)

__all__ = [
    "AddedPeriod", "Alarm", "AlarmTrigger", "AlarmTriggerAt", "AlarmTriggerBeforeEnd", "AlarmTriggerBeforeStart",
    "Attached", "Feed", "FeedItem", "FeedKind", "FeedTime", "RawComponent", "RawParameter", "RawProperty", "Refused",
    "ScheduledItem",
]
