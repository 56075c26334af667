using IotAttest.Domain.Cbor;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Cli.Checks;

/// <summary>Finds the claim that makes the claims of evidence refused. The decoder says what is wrong, not where: boards get no more.</summary>
/// <remarks>The claim without which the refusal becomes another one is the cause.</remarks>
internal static class ClaimDiagnosis
{
    private const int MaxClaims = 64;
    private const byte MapHead = 0xA0;
    private const byte MapHeadOneByte = 0xB8;
    private const int LargestShortCount = 23;

    private static readonly (long Key, string Name)[] Required =
    [
        (EatClaim.Nonce, "eat_nonce"), (EatClaim.Ueid, "ueid"), (EatClaim.OemId, "oemid"), (EatClaim.HardwareModel, "hwmodel"), (EatClaim.Uptime, "uptime"),
        (EatClaim.Profile, "eat_profile"), (EatClaim.BootCount, "bootcount"), (EatClaim.BootSeed, "bootseed"), (EatClaim.Measurements, "measurements"),
    ];

    private static readonly (long Key, string Name)[] Optional =
    [
        (EatClaim.HardwareVersion, "hwversion"), (EatClaim.OemBoot, "oemboot"), (EatClaim.DebugStatus, "dbgstat"),
        (EatClaim.SoftwareName, "swname"), (EatClaim.SoftwareVersion, "swversion"),
    ];

    /// <summary>The claim by name and number, or <c>claims</c> when no single one is the cause.</summary>
    public static string PathOf(ReadOnlyMemory<byte> payload)
    {
        if (Split(payload) is not { } entries)
        {
            return "claims";
        }

        DecodeStatus status = Decode(payload);
        if (status == DecodeStatus.Missing && Required.FirstOrDefault(claim => entries.All(entry => entry.Key != claim.Key)) is { Name: not null } missing)
        {
            return $"claims/{missing.Name} ({missing.Key})";
        }

        for (int index = 0; index < entries.Count; index++)
        {
            if (Decode(Without(entries, index)) != status)
            {
                return $"claims/{NameOf(entries[index].Key)}";
            }
        }

        return "claims";
    }

    private static DecodeStatus Decode(ReadOnlyMemory<byte> payload)
    {
        _ = EvidenceDecoder.TryDecode(payload, out _, out DecodeStatus status);
        return status;
    }

    private static List<(long? Key, ReadOnlyMemory<byte> Pair)>? Split(ReadOnlyMemory<byte> payload)
    {
        BoundedCborReader reader = new(payload, new CborLimits(EvidenceProfile.MaxEvidenceBytes, MaxDepth: 16, StrictDeterministic: false));
        int count = reader.ReadMapStart(MaxClaims);
        List<(long? Key, ReadOnlyMemory<byte> Pair)> entries = [];
        for (int index = 0; index < count; index++)
        {
            int start = reader.Position;
            long? key = reader.Peek() is CborKind.UnsignedInteger or CborKind.NegativeInteger ? reader.ReadInt64() : SkipKey(reader);
            reader.Skip();
            if (reader.Status != DecodeStatus.Ok)
            {
                return null;
            }

            entries.Add((key, payload[start..reader.Position]));
        }

        return entries;
    }

    private static long? SkipKey(BoundedCborReader reader)
    {
        reader.Skip();
        return null;
    }

    private static byte[] Without(List<(long? Key, ReadOnlyMemory<byte> Pair)> entries, int left)
    {
        int count = entries.Count - 1;
        byte[] head = count <= LargestShortCount ? [(byte)(MapHead + count)] : [MapHeadOneByte, (byte)count];
        return [.. head, .. entries.Where((_, index) => index != left).SelectMany(entry => entry.Pair.ToArray())];
    }

    private static string NameOf(long? key) => Required.Concat(Optional).FirstOrDefault(claim => claim.Key == key) is { Name: not null } known
        ? $"{known.Name} ({known.Key})"
        : key?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "a claim with a text key";
}
