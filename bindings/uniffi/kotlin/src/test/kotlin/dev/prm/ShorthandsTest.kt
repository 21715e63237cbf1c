package dev.prm

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** Each command has a shorthand in its room; that they are commands shows in versions and in the history. */
internal class ShorthandsTest {
    private val why = Sensitive("entered for someone else")

    @Test
    fun `a patient is added, edited and voided`() = desk { desk ->
        val id = desk.people.add(patient("Ortiz"))
        assertEquals(2u, desk.people.edit(id, 1u, patient("Ortega")))
        assertEquals(3u, desk.people.void(id, 2u, why))
        assertEquals(listOf(1u, 2u, 3u), desk.people.history(id).map { it.version })
        assertEquals(why, desk.people.patient(id).voided)
    }

    @Test
    fun `those around a patient are added, edited and voided`() = desk { desk ->
        val people = desk.people
        val patient = people.add(patient("Ortiz"))
        val related = people.addRelatedPerson(RelatedPerson(patient = patient))
        assertEquals(2u, people.editRelatedPerson(related, 1u, RelatedPerson(patient = patient)))
        assertEquals(3u, people.voidRelatedPerson(related, 2u, why))
        val practitioner = people.addPractitioner(Practitioner(names = listOf(HumanName(family = Sensitive("Berg")))))
        assertEquals(2u, people.editPractitioner(practitioner, 1u, people.practitioner(practitioner).practitioner))
        assertEquals(3u, people.voidPractitioner(practitioner, 2u, why))
        val organisation = people.addOrganisation(Organisation(name = "Clinic"))
        assertEquals(2u, people.editOrganisation(organisation, 1u, Organisation(name = "The clinic")))
        assertEquals(3u, people.voidOrganisation(organisation, 2u, why))
        val team = people.addCareTeam(CareTeam(name = "Team", patients = listOf(patient)))
        assertEquals(2u, people.editCareTeam(team, 1u, CareTeam(name = "The team", patients = listOf(patient))))
        assertEquals(3u, people.voidCareTeam(team, 2u, why))
    }

    @Test
    fun `an entry is added, edited and voided`() = desk { desk ->
        val patient = desk.people.add(patient("Ortiz"))
        val goal = ChartEntry(kind = EntryKind.Goal, status = EntryStatus.Active, title = Sensitive("walk"))
        val id = desk.chart.add(patient, goal)
        assertEquals(2u, desk.chart.edit(id, 1u, goal.copy(title = Sensitive("run"))))
        assertEquals("run", desk.chart.entry(id).entry.title.expose())
        assertEquals(3u, desk.chart.void(id, 2u, why))
        assertEquals(3, desk.chart.history(id).size)
    }

    @Test
    fun `a role is granted and revoked`() = desk { desk ->
        val grant = desk.govern.grant(RoleGrant(Who.System("import"), Role.Integration))
        assertEquals(2u, desk.govern.revoke(grant, 1u, why))
    }

    @Test
    fun `commands go together or not at all, and a batch may be repeated`() = desk { desk ->
        val id = BatchId.parse("018f0000-0000-7000-8000-00000000000b")
        val add = Command.AddPatient(patient = patient("Ortiz"))
        val receipt = desk.execute(add, add, id = id)
        assertEquals(receipt, desk.execute(add, add, id = id))
        assertEquals(2, receipt.written.size)
        assertThrows(PrmException.Conflict::class.java) { desk.execute(add, id = id) }
        val wrong = Command.EditPatient(receipt.written[0].id.toPatientId(), 9u, patient("Ortega"))
        assertThrows(PrmException.Conflict::class.java) { desk.execute(add, wrong) }
        assertEquals(2, desk.people.list().patients.size)
        assertNotNull(desk.people.knownAt(receipt.written[0].id.toPatientId(), receipt.recorded))
    }
}
