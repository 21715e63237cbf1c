package dev.prm.sample

import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import dev.prm.Prm
import dev.prm.PrmException
import dev.prm.info
import java.util.concurrent.Executors

/**
 * Lets go of the store while the app is in the background: no key is in memory and no file is open or locked. Sessions and
 * flows of changes stay and go on when the app is back.
 *
 * ```
 * ProcessLifecycleOwner.get().lifecycle.addObserver(StoreLifecycle(prm, StoreKey(context), ::show))
 * ```
 */
class StoreLifecycle(
    private val prm: Prm,
    private val key: StoreKey,
    private val tell: (String) -> Unit,
) : DefaultLifecycleObserver {
    /** One thread: what was asked for first is done first. */
    private val turn = Executors.newSingleThreadExecutor()

    private var isSuspended = false

    override fun onStop(owner: LifecycleOwner) = inTurn {
        // Suspended it is even if the last sync failed.
        isSuspended = true
        prm.suspend()
    }

    override fun onStart(owner: LifecycleOwner) = inTurn {
        if (isSuspended) prm.resume(key.key())
        // After a failure it is tried again the next time.
        isSuspended = false
    }

    private fun inTurn(work: () -> Unit) = turn.execute {
        try {
            work()
        } catch (refused: PrmException) {
            tell(refused.info.advice)
        }
    }
}
