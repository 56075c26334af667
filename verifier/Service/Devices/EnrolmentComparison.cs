using System.Security.Cryptography;
using IotAttest.Domain.Devices;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Devices;

/// <summary>A record under a UEID that is enrolled: in what it differs from what was enrolled, and what to do about it.</summary>
internal static class EnrolmentComparison
{
    private const string Key = "key";
    private const string Owner = "owner";
    private const string Credential = "credential";

    /// <summary>The members that differ; a member that was left out and may be does not.</summary>
    public static string[] Differences(EnrolmentRecord record, DeviceRow stored, byte[]? mark) => [.. Compare(record, stored, mark).OfType<string>()];

    public static bool IsOwnerAlone(string[] different) => different is [Owner];

    public static ProblemException Conflict(string[] different) =>
        Refuse.Conflict($"a board of that UEID enrolled with another {string.Join(", ", different)}", "the record it was enrolled with", Advice(different));

    private static string Advice(string[] different)
    {
        if (IsOwnerAlone(different))
        {
            return "Ask the manufacturer to change the owner.";
        }

        return Array.TrueForAll(different, member => member is Key or Credential)
            ? "Change the key, and the credential with it, with POST /v1/devices/{ueid}/rekey."
            : "A UEID keeps its record: send exactly what was enrolled, or enrol another UEID.";
    }

    private static IEnumerable<string?> Compare(EnrolmentRecord record, DeviceRow stored, byte[]? mark)
    {
        DeviceIdentity identity = record.Identity;
        bool isSameKey = stored.KeyKind == (long)record.Key.Kind && stored.Kid == (long)identity.Kid
            && (mark is null ? stored.Key.AsSpan().SequenceEqual(record.Key.Material) : CryptographicOperations.FixedTimeEquals(stored.KeyMark, mark));
        yield return isSameKey ? null : Key;
        yield return stored.Manufacturer == identity.Manufacturer ? null : "organisation";
        yield return stored.OemId == identity.OemId.ToString() ? null : "oemid";
        yield return stored.Class.AsSpan().SequenceEqual(identity.ClassId.ToByteArray(bigEndian: true)) ? null : "class";
        yield return stored.Strength == (long)identity.Strength ? null : "evidenceStrength";
        yield return stored.Freshness == (long)identity.Freshness ? null : "freshness";
        yield return record.Owner is null || record.Owner == stored.Owner ? null : Owner;
        yield return record.Credential is null || CryptographicOperations.FixedTimeEquals(stored.CredentialHash, DeviceCredential.HashOf(record.Credential)) ? null : Credential;
    }
}
