using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>What the factory gives one board: name, attestation key, transport credential.</summary>
public sealed class BoardIdentity
{
    private const string FileName = "identity.json";
    private const int CredentialBytes = 32;

    private BoardIdentity(string ueidHex, string credential, byte[]? hmacKey, string? privateKeyPem)
    {
        UeidHex = ueidHex;
        Ueid = Protocol.Ueid.FromHex(ueidHex) ?? throw new ArgumentException($"UEID '{ueidHex}' is not 34 lower-case hex digits that start with 01.", nameof(ueidHex));
        Credential = credential;
        HmacKey = hmacKey;
        PrivateKeyPem = privateKeyPem;
    }

    /// <summary>The UEID as 34 lower-case hex digits.</summary>
    public string UeidHex { get; }

    /// <summary>The 17 bytes of the UEID.</summary>
    public byte[] Ueid { get; }

    /// <summary>The transport credential: 32 random bytes in base64url.</summary>
    public string Credential { get; }

    /// <summary>The 32 bytes of an HMAC key, or null.</summary>
    public byte[]? HmacKey { get; }

    /// <summary>The P-256 private key in PEM, or null.</summary>
    public string? PrivateKeyPem { get; }

    public BoardKeyType KeyType => HmacKey is null ? BoardKeyType.P256 : BoardKeyType.Hmac;

    /// <summary>A new board: random UEID of type 01 (RFC 9711 section 4.2.1.1), key and credential.</summary>
    public static BoardIdentity Create(BoardKeyType keyType)
    {
        byte[] ueid = RandomNumberGenerator.GetBytes(EvidenceProfile.UeidBytes);
        ueid[0] = 0x01;
        string credential = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CredentialBytes));
        if (keyType == BoardKeyType.Hmac)
        {
            return new BoardIdentity(Protocol.Ueid.ToHex(ueid), credential, RandomNumberGenerator.GetBytes(HmacAuthenticator.KeyBytes), null);
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new BoardIdentity(Protocol.Ueid.ToHex(ueid), credential, null, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A board that was provisioned elsewhere; exactly one of the two keys is given.</summary>
    /// <exception cref="ArgumentException">Both keys are given, or none, the HMAC key is not 32 bytes, or the UEID not 34 hex digits.</exception>
    public static BoardIdentity Of(string ueidHex, string credential, byte[]? hmacKey, string? privateKeyPem)
    {
        if ((hmacKey is null) == (privateKeyPem is null) || hmacKey is { Length: not HmacAuthenticator.KeyBytes })
        {
            throw new ArgumentException("A board has one key: 32 bytes for HMAC, or a P-256 private key.", nameof(hmacKey));
        }

        return new BoardIdentity(ueidHex, credential, hmacKey, privateKeyPem);
    }

    /// <summary>Reads the identity that <see cref="Save"/> left in a folder, or null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is there but holds something else.</exception>
    public static BoardIdentity? Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            StoredIdentity? stored = JsonSerializer.Deserialize<StoredIdentity>(File.ReadAllBytes(path));
            return Of(stored?.Ueid ?? "", stored?.Credential ?? "", stored?.HmacKey, stored?.PrivateKey);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path} holds no board identity: {exception.Message} Provision the board again.", exception);
        }
    }

    /// <summary>Writes the identity to a folder, readable by its owner only.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new StoredIdentity(UeidHex, Credential, HmacKey, PrivateKeyPem));
        DurableFile.Write(Path.Combine(folder, FileName), json, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The public part of a P-256 key: x and y, 32 bytes each; null for HMAC.</summary>
    public ECPoint? PublicPoint()
    {
        if (PrivateKeyPem is null)
        {
            return null;
        }

        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(PrivateKeyPem);
        return key.ExportParameters(false).Q;
    }

    /// <summary>The authenticator of this key; the caller disposes it.</summary>
    internal IEvidenceAuthenticator CreateAuthenticator() =>
        HmacKey is null ? new EcdsaAuthenticator(PrivateKeyPem!) : new HmacAuthenticator(Ueid, HmacKey);

    /// <summary>The 32 bytes of the key: the HMAC key, or the private number of the P-256 key. The caller clears them.</summary>
    internal byte[] CopyKey()
    {
        if (HmacKey is not null)
        {
            return [.. HmacKey];
        }

        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(PrivateKeyPem);
        return key.ExportParameters(true).D!;
    }

    private sealed record StoredIdentity(string Ueid, string Credential, byte[]? HmacKey, string? PrivateKey);
}
