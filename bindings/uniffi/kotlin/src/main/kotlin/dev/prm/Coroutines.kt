package dev.prm

import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Makes a call on a thread that may wait. */
internal suspend fun <T> offThread(call: () -> T): T = withContext(Dispatchers.IO) { call() }

/**
 * Does long work on a thread that may wait. When the coroutine is cancelled, so is the work: this returns when it has
 * stopped, with what it committed kept.
 */
internal suspend fun <T> offThread(progress: Progress, work: () -> T): T = withContext(Dispatchers.IO) {
    val isDone = AtomicBoolean()
    // Unconfined: the thread that cancels is the one that says so, however busy the others are.
    val watch = launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) {
        try {
            awaitCancellation()
        } finally {
            if (!isDone.get()) progress.cancel()
        }
    }
    try {
        work()
    } catch (cancelled: PrmException.Cancelled) {
        ensureActive()
        throw cancelled
    } finally {
        isDone.set(true)
        watch.cancel()
    }
}
