using System.Collections.Immutable;
using System.Text.Json;

namespace IotAttest.Domain.Policies;

/// <summary>The policies that come with the program: policies.json, part of it. A version that was shipped once stays in the file for ever.</summary>
public static class ShippedPolicies
{
    private const string File = "policies.json";

    /// <summary>All versions, in the order of the file.</summary>
    public static ImmutableArray<EvidencePolicy> All { get; } = Read();

    /// <summary>The newest version of each.</summary>
    public static PolicyBook Book { get; } = new(All.GroupBy(policy => policy.Id).Select(versions => versions.MaxBy(policy => policy.Version)!));

    private static ImmutableArray<EvidencePolicy> Read()
    {
        using Stream stream = typeof(ShippedPolicies).Assembly.GetManifestResourceStream(File) ?? throw new InvalidOperationException($"{File} is not part of this assembly.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(ReadOne)];
    }

    private static EvidencePolicy ReadOne(JsonElement element) => PolicyReader.TryRead(element, out EvidencePolicy? policy, out PolicyError? error)
        ? policy
        : throw new InvalidOperationException($"{File}: {error.Seen}; expected {error.Expected}.");
}
