"""What tests begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import prm


@pytest.fixture
def store() -> Iterator[prm.Prm]:
    with prm.open_memory(demo=True) as opened:
        yield opened


@pytest.fixture
def desk(store: prm.Prm) -> Iterator[prm.Session]:
    with store.session(actor="demo", purpose=prm.Purpose.OPERATIONS) as session:
        yield session


@pytest.fixture
def amara(desk: prm.Session) -> prm.PatientId:
    return desk.people.search("amara testperson")[0].patient.id
