"""Who watches long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from prm._native import Progress

__all__ = ["Watcher", "watched"]

Watcher: TypeAlias = bool | Progress | Callable[[int, int], object] | None
"""``True`` for a bar of tqdm, if tqdm is installed; a `Progress` to look at and to cancel by; or a function that is called
with what is done and how much there is (0 while that is not known)."""


@contextmanager
def watched(watcher: Watcher, unit: str) -> Iterator[tuple[Progress, Callable[[int, int], object] | None]]:
    """The progress of the work, and what is called while it goes on."""
    if isinstance(watcher, Progress):
        yield watcher, None
    elif watcher is True:
        with _bar(unit) as tell:
            yield Progress(), tell
    elif callable(watcher):
        yield Progress(), watcher
    elif watcher is None or watcher is False:
        yield Progress(), None
    else:
        raise TypeError(f"progress: expected a bool, a Progress or a function, not {type(watcher).__name__}")


@contextmanager
def _bar(unit: str) -> Iterator[Callable[[int, int], object] | None]:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        yield None
        return
    with tqdm(unit=unit, unit_scale=True, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        yield tell
