using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Results;

namespace IotAttest.Domain.Transparency;

/// <summary>The state of a log at one moment. Whoever kept a signed one can show later that the log was rewritten.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Number of entries, from 0.</param>
/// <param name="Root">Root of the tree over them.</param>
/// <param name="At">When it was signed; whole seconds.</param>
public sealed record Checkpoint(string Origin, long Size, Sha256Digest Root, DateTimeOffset At)
{
    private const long MaxUnixSeconds = 253_402_300_800;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>typ of the JWS header.</summary>
    public const string Type = "iotattest-checkpoint+jwt";

    /// <summary>The log that signs with this key.</summary>
    public static string OriginOf(ECDsa key) => $"urn:iotattest:log:{Kid.OfKey(key)}";

    /// <summary>Signs it: a compact JWS with the claims iss, iat, size and root (<c>sha256:</c> and hex).</summary>
    public string Sign(ECDsa key) => CompactJws.Sign(
        Type,
        new JsonObject { ["iss"] = Origin, ["iat"] = At.ToUnixTimeSeconds(), ["size"] = Size, ["root"] = Root.ToString() },
        key);

    /// <summary>Reads the claims of a checkpoint whose signature was verified.</summary>
    /// <returns>False when one is missing or out of its range.</returns>
    public static bool TryRead(JsonObject claims, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(claims);
        bool isComplete = TryGet(claims, "iss", out string? origin) & TryGet(claims, "iat", out long at) & TryGet(claims, "size", out long size) & TryGet(claims, "root", out string? root);
        checkpoint = isComplete && size >= 0 && at is >= 0 and < MaxUnixSeconds && TryReadDigest(root!, out Sha256Digest digest)
            ? new Checkpoint(origin!, size, digest, DateTimeOffset.FromUnixTimeSeconds(at))
            : null;
        return checkpoint is not null;
    }

    private static bool TryGet<T>(JsonObject claims, string name, [NotNullWhen(true)] out T? value)
    {
        value = default;
        return claims[name] is JsonValue json && json.TryGetValue(out value) && value is not null;
    }

    private static bool TryReadDigest(string text, out Sha256Digest digest)
    {
        const string prefix = "sha256:";
        bool fits = text.Length == prefix.Length + (2 * Sha256Digest.LengthBytes) && text.StartsWith(prefix, StringComparison.Ordinal) && text.AsSpan(prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        digest = fits ? new Sha256Digest(Convert.FromHexString(text.AsSpan(prefix.Length))) : default;
        return fits;
    }
}
