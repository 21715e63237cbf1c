package dev.prm.sample

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import dev.prm.Key
import java.io.File
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * The raw key of a store, sealed by a key that never leaves the Android Keystore.
 *
 * The sealed key lies in [Context.getNoBackupFilesDir]: a backup without the Keystore of this device could not open it
 * anyway. A store that is to be opened on a new device needs another way in, e.g. a passphrase that the user knows.
 */
class StoreKey(context: Context) {
    private val sealed = File(context.noBackupFilesDir, "clinic.key")

    /** The key; a fresh one if there is none yet. */
    fun key(): Key {
        val raw = if (sealed.exists()) unseal(sealed.readBytes()) else fresh()
        return Key.raw(raw).also { raw.fill(0) }
    }

    private fun fresh(): ByteArray {
        val raw = ByteArray(RAW).also(SecureRandom()::nextBytes)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, deviceKey()) }
        sealed.writeBytes(cipher.iv + cipher.doFinal(raw))
        return raw
    }

    private fun unseal(bytes: ByteArray): ByteArray {
        val nonce = GCMParameterSpec(TAG_BITS, bytes, 0, NONCE)
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.DECRYPT_MODE, deviceKey(), nonce) }
        return cipher.doFinal(bytes, NONCE, bytes.size - NONCE)
    }

    private fun deviceKey(): SecretKey {
        val store = KeyStore.getInstance("AndroidKeyStore").apply { load(null) }
        (store.getKey(ALIAS, null) as SecretKey?)?.let { return it }
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val wanted = KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(RAW * 8)
            .build()
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, "AndroidKeyStore")
        return generator.apply { init(wanted) }.generateKey()
    }

    private companion object {
        const val ALIAS = "clinic.prm"
        const val CIPHER = "AES/GCM/NoPadding"
        const val RAW = 32
        const val NONCE = 12
        const val TAG_BITS = 128
    }
}
