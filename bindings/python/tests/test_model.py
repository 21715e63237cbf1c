"""Random commands beside a plain dict: what was written is what is read, whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import prm


NORMAL = prm.Coding(system="http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code="N")


class Model:
    """Patients as they should be: the versions of each, and whether it is void."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.store = prm.open_memory(founder="model")
        self.session = self.store.session(actor="model", purpose=prm.Purpose.OPERATIONS)
        self.versions: dict[prm.PatientId, list[prm.Patient]] = {}
        self.void: set[prm.PatientId] = set()

    def patient(self) -> prm.Patient:
        pick = self.random.choice
        return prm.Patient(
            names=[prm.HumanName(family=pick("Ortiz Müller Nguyễn O'Neil".split()), given=pick((["Ana"], ["Bo", "Ci"], [])))],
            gender=pick((None, "female", "x-local")), birth_date=pick((None, "1987", "1987-04", "1987-04-03")),
            active=pick((True, False)), labels=pick(([], [NORMAL])),
        )

    def any(self) -> prm.PatientId | None:
        return self.random.choice(list(self.versions)) if self.versions else None

    def add(self) -> None:
        patient = self.patient()
        self.versions[self.session.people.add(patient)] = [patient]

    def edit(self) -> None:
        if (id := self.any()) is None:
            return
        versions = self.versions[id]
        patient = replace(versions[-1], names=self.patient().names)
        stale = self.random.random() < 0.2
        version = len(versions) + stale
        if id in self.void:
            with pytest.raises(prm.PrmError):
                self.session.people.edit(id, version, patient)
        elif stale:
            with pytest.raises(prm.Conflict) as conflict:
                self.session.people.edit(id, version, patient)
            assert conflict.value.versions == (version, len(versions))
        else:
            assert self.session.people.edit(id, version, patient) == version + 1
            versions.append(patient)

    def take_back(self) -> None:
        id = self.any()
        if id is None or id in self.void or self.random.random() < 0.7:
            return
        versions = self.versions[id]
        assert self.session.people.void(id, len(versions), "entered twice") == len(versions) + 1
        versions.append(versions[-1])
        self.void.add(id)

    def discard(self) -> None:
        with pytest.raises(ZeroDivisionError), self.session.batch() as batch:
            batch.append(prm.AddPatient(patient=self.patient()))
            1 / 0

    def refuse(self) -> None:
        commands = [prm.AddPatient(patient=self.patient()), prm.AddPatient(patient=prm.Patient(birth_date="1987"), id=self.any())]
        if commands[1].id is not None:
            with pytest.raises(prm.PrmError):
                self.session.execute(commands)

    def check(self) -> None:
        for id, versions in self.versions.items():
            view = self.session.people.patient(id)
            assert view.patient == versions[-1] and view.version == len(versions)
            assert (view.voided is not None) == (id in self.void)
            assert [old.patient for old in self.session.people.history(id)] == versions
        listed = {row.id for row in self.session.people.every()}
        assert listed == set(self.versions) - self.void
        assert self.session.upkeep.check().problems == ()


@pytest.mark.parametrize("seed", range(6))
def test_what_was_written_is_what_is_read(seed: int) -> None:
    model = Model(seed)
    for _ in range(120):
        model.random.choice([model.add, model.edit, model.edit, model.take_back, model.discard, model.refuse])()
    assert len(model.versions) > 10 and model.void
    model.check()
    model.store.shut_down()
