package dev.prm.sample

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.ListItem
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import androidx.lifecycle.ViewModel
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewModelScope
import dev.prm.Cursor
import dev.prm.EntryView
import dev.prm.Page
import dev.prm.PatientId
import dev.prm.PrmException
import dev.prm.Session
import dev.prm.changes
import dev.prm.info
import dev.prm.suspending
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** What the screen shows. */
data class Journey(val entries: List<EntryView> = emptyList(), val isWhole: Boolean = false, val problem: String? = null)

/** Pages through a patient's journey and reads it again when something was committed. */
class JourneyModel(private val session: Session, private val patient: PatientId) : ViewModel() {
    private val shown = MutableStateFlow(Journey())
    private val turn = Mutex()
    private var next: Cursor? = null

    val journey: StateFlow<Journey> = shown.asStateFlow()

    init {
        viewModelScope.launch {
            // Before the first read, so that nothing falls between the two.
            val changes = session.changes()
            begin()
            changes.conflate().collect { begin() }
        }
    }

    /** Reads the first page. */
    suspend fun begin() = read { Journey() to null }

    /** Reads the page that follows. */
    fun goOn() {
        viewModelScope.launch { read { if (shown.value.isWhole) null else shown.value to next } }
    }

    private suspend fun read(from: () -> Pair<Journey, Cursor?>?) = turn.withLock {
        val (before, after) = from() ?: return@withLock
        shown.value = try {
            val found = session.suspending.chart.timeline(patient, page = Page(limit = 40u, after = after))
            next = found.next
            Journey(before.entries + found.entries, isWhole = found.next == null)
        } catch (refused: PrmException) {
            shown.value.copy(problem = refused.info.advice)
        }
    }
}

/** A patient's journey, newest first. */
@Composable
fun JourneyScreen(model: JourneyModel, modifier: Modifier = Modifier) {
    val journey by model.journey.collectAsStateWithLifecycle()
    Column(modifier.fillMaxWidth()) {
        journey.problem?.let { Text(it, Modifier.padding(16.dp), color = MaterialTheme.colorScheme.error) }
        LazyColumn {
            items(journey.entries, key = { it.id.toString() }) { view ->
                ListItem(
                    headlineContent = { Text(view.entry.title.expose()) },
                    supportingContent = { Text(view.entry.`when`?.date?.toString() ?: "undated") },
                )
                HorizontalDivider()
            }
            if (!journey.isWhole) item { LaunchedEffect(journey.entries.size) { model.goOn() } }
        }
    }
}
