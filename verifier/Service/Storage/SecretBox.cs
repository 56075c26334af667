using System.Security.Cryptography;

namespace IotAttest.Service.Storage;

/// <summary>Wraps secrets at rest with AES-256-GCM under a key that lies outside the database.</summary>
/// <remarks>Wrapped form: 12-byte nonce, ciphertext, 16-byte tag. The label binds a secret to its row: it cannot be moved to another.</remarks>
internal sealed class SecretBox : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private const int MarkBytes = 16;
    private static readonly byte[] MarkInfo = "iotattest secret mark v1"u8.ToArray();

    private readonly AesGcm _aes;
    private readonly byte[] _markKey;
    private readonly Lock _lock = new();

    public SecretBox(DataDirectory directory)
    {
        byte[] key = Convert.FromHexString(directory.ReadOrCreateSecret("secrets.key", () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes))));
        _aes = new AesGcm(key, TagBytes);
        _markKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: MarkInfo);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>16 bytes that are equal for equal secrets and say nothing about them without secrets.key: finds a secret used twice.</summary>
    public byte[] Mark(ReadOnlySpan<byte> secret) => HMACSHA256.HashData(_markKey, secret)[..MarkBytes];

    public byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label)
    {
        byte[] wrapped = new byte[NonceBytes + secret.Length + TagBytes];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceBytes));
        lock (_lock)
        {
            _aes.Encrypt(wrapped.AsSpan(0, NonceBytes), secret, wrapped.AsSpan(NonceBytes, secret.Length), wrapped.AsSpan(NonceBytes + secret.Length), label);
        }

        return wrapped;
    }

    /// <exception cref="StoreException">The secret was wrapped under another key, or for another row.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> label)
    {
        int length = wrapped.Length - NonceBytes - TagBytes;
        byte[] secret = new byte[Math.Max(length, 0)];
        try
        {
            lock (_lock)
            {
                _aes.Decrypt(wrapped[..NonceBytes], wrapped.Slice(NonceBytes, length), wrapped[(NonceBytes + length)..], secret, label);
            }

            return secret;
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new StoreException("A secret in the database does not open with secrets.key. Put back the secrets.key that belongs to this database.", cause);
        }
    }

    public void Dispose() => _aes.Dispose();
}
