// A sample for apps on Apple platforms: the key of the store in the keychain. It is read by the tests, not run by them.
#if canImport(Security)
import Foundation
import Prm
import Security

/// The 32 bytes that open the store, kept in the keychain of this device.
struct KeychainKey {
    /// Names the item; one for each store.
    let account: String
    private let service = "prm.store.key"

    /// The key, made the first time.
    ///
    /// It can be read after the first unlock since the device was started, so that the app may work while the screen is
    /// locked, and goes into no backup and to no other device: a copied store without it stays closed.
    func load() throws -> Key {
        var query = item
        query[kSecReturnData as String] = true
        var found: CFTypeRef?
        switch SecItemCopyMatching(query as CFDictionary, &found) {
        case errSecSuccess:
            guard let bytes = found as? Data else { throw KeychainError(status: errSecDecode) }
            return try Key.raw(bytes: bytes)
        case errSecItemNotFound:
            return try make()
        case let status:
            // Before the first unlock: try again in `applicationProtectedDataDidBecomeAvailable`.
            throw KeychainError(status: status)
        }
    }

    /// Forgets the key. What it opened cannot be read any more.
    func forget() throws {
        let status = SecItemDelete(item as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw KeychainError(status: status) }
    }

    private func make() throws -> Key {
        var bytes = Data(count: 32)
        let status = bytes.withUnsafeMutableBytes { SecRandomCopyBytes(kSecRandomDefault, 32, $0.baseAddress!) }
        guard status == errSecSuccess else { throw KeychainError(status: status) }
        var added = item
        added[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        added[kSecValueData as String] = bytes
        let stored = SecItemAdd(added as CFDictionary, nil)
        guard stored == errSecSuccess else { throw KeychainError(status: stored) }
        return try Key.raw(bytes: bytes)
    }

    private var item: [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrAccount as String: account,
            kSecAttrSynchronizable as String: false,
        ]
    }
}

/// What the keychain answered.
struct KeychainError: Error, CustomStringConvertible {
    let status: OSStatus

    var description: String {
        SecCopyErrorMessageString(status, nil) as String? ?? "the keychain answered \(status)"
    }
}
#endif
