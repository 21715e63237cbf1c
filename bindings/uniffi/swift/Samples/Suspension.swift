// A sample for apps on iOS: the store lets go of its lock before the app is suspended. It is read by the tests, not run by
// them.
#if canImport(UIKit)
import Prm
import UIKit

/// Suspends the store when the app goes to the background and resumes it when it comes back.
///
/// iOS kills an app that is suspended while it holds a lock on a file in a shared container. `suspend()` ends accesses, makes
/// everything durable, releases the files and forgets the keys; calls in between are refused as `Busy`, to be made again.
@MainActor
final class StoreSuspension {
    private let prm: Prm
    private let key: () throws -> Key
    private var observers: [any NSObjectProtocol] = []

    init(_ prm: Prm, key: @escaping () throws -> Key) {
        (self.prm, self.key) = (prm, key)
        let center = NotificationCenter.default
        observers = [
            center.addObserver(
                forName: UIApplication.didEnterBackgroundNotification, object: nil, queue: .main
            ) { [weak self] _ in MainActor.assumeIsolated { self?.suspend() } },
            center.addObserver(
                forName: UIApplication.willEnterForegroundNotification, object: nil, queue: .main
            ) { [weak self] _ in MainActor.assumeIsolated { self?.resume() } },
        ]
    }

    private func suspend() {
        // The time that iOS grants is asked for before the work begins.
        let task = UIApplication.shared.beginBackgroundTask()
        Task { [prm] in
            // The store is suspended even if the last sync failed.
            try? await prm.suspend()
            UIApplication.shared.endBackgroundTask(task)
        }
    }

    private func resume() {
        Task { [prm, key] in
            do {
                try await prm.resume(key())
            } catch {
                // While the device is locked the key cannot be had: the next return to the foreground tries again.
                print("the store stays suspended: \(error)")
            }
        }
    }
}
#endif
