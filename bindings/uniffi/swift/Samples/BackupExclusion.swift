// A sample for apps on Apple platforms: the store stays out of the device's backup. It is read by the tests, not run by them.
#if canImport(Darwin)
import Foundation
import Prm

/// Where the store lies, kept out of iCloud and computer backups.
///
/// A restored copy would be older than what the key ring remembers, and its key is not in the backup: exclude the folder,
/// and let people back up by an export, or by copying the folder whole after `shutDown()`.
func storeFolder() throws -> URL {
    let support = try FileManager.default.url(
        for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    var folder = support.appendingPathComponent("prm", isDirectory: true)
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true,
        attributes: [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication])
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    try folder.setResourceValues(values)
    return folder
}

/// The narrower way: only the files that must not be in a backup, for an app that backs the others up.
func excludeFromBackup(ofStore path: URL) throws {
    for file in Prm.files where !file.mayBeBackedUp {
        var url = path.appendingPathComponent(file.name)
        guard FileManager.default.fileExists(atPath: url.path) else { continue }
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try url.setResourceValues(values)
    }
}
#endif
