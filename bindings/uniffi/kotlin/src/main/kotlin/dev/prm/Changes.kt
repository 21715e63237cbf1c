package dev.prm

import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn

/** How long a collector waits for the next change before it looks whether it was cancelled. */
private val PATIENCE: Duration = Duration.ofMillis(100)

/**
 * What others commit, from the sequence [after] on, or from this call on.
 *
 * The place to begin at is fixed by the call, before the flow is returned: what is committed between the call and the
 * first collection is told, and every collector is told the same. An event says what to read again, not what it holds;
 * [Event.Lagged] says that more happened than is told one by one. The flow goes on when a store that was suspended is resumed,
 * ends when it is shut down, and takes a thread of [Dispatchers.IO] while it is collected.
 *
 * @throws PrmException `Closed` after a shut-down.
 */
public fun Session.changes(after: ULong? = null): Flow<Event> {
    val begin = after ?: subscribe().use { it.sequence() }
    return flow {
        var subscription: Subscription? = null
        try {
            while (true) {
                currentCoroutineContext().ensureActive()
                val event = try {
                    val from = subscription ?: subscribe(begin).also { subscription = it }
                    from.next(PATIENCE)
                } catch (_: PrmException.Closed) {
                    return@flow
                } catch (_: PrmException.Busy) {
                    // Suspended: what is committed once it was resumed is told.
                    delay(PATIENCE.toMillis())
                    null
                }
                if (event != null) emit(event)
            }
        } finally {
            subscription?.close()
        }
    }.flowOn(Dispatchers.IO)
}
