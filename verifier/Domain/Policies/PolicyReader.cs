using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Json;

namespace IotAttest.Domain.Policies;

/// <summary>Reads one policy document: a JSON object whose members and words are taken as they stand. What is unknown, twice there or spelt
/// otherwise is refused by name, so that a rule nobody applies is never taken for one that holds.</summary>
public static class PolicyReader
{
    /// <summary>Largest document in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxDepth = 4;
    private const int MaxNoteLength = 500;
    private const long MaxAgeSeconds = 366L * 24 * 60 * 60;

    private static readonly string[] Members =
    [
        "id", "version", "scheme", "level", "minimumEvidenceStrength", "maximumEvidenceAgeSeconds", "requiredBootFacts", "allowedAlgorithms", "maximumPatchDays", "note",
    ];

    /// <summary>Reads a document of at most <see cref="MaxBytes"/>.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out EvidencePolicy? policy, [NotNullWhen(false)] out PolicyError? error)
    {
        policy = null;
        if (json.Length > MaxBytes)
        {
            error = new PolicyError($"{json.Length} bytes", $"at most {MaxBytes} bytes");
            return false;
        }

        try
        {
            using JsonDocument document = StrictJson.Parse(json, MaxDepth);
            return TryRead(document.RootElement, out policy, out error);
        }
        catch (JsonException cause)
        {
            error = new PolicyError($"no JSON object that can be read ({cause.Message})", "one policy document");
            return false;
        }
    }

    /// <summary>Reads a document that was parsed already.</summary>
    public static bool TryRead(JsonElement element, [NotNullWhen(true)] out EvidencePolicy? policy, [NotNullWhen(false)] out PolicyError? error)
    {
        policy = null;
        error = element.ValueKind switch
        {
            JsonValueKind.Object => PolicyMembers.CheckNames(element, Members),
            JsonValueKind.Array => new PolicyError($"an array of {element.GetArrayLength()} policies", "one policy document; several are submitted one by one, so that none is passed over"),
            _ => new PolicyError($"{element.ValueKind}", "one policy document, a JSON object"),
        };
        if (error is not null)
        {
            return false;
        }

        PolicyMembers members = new(element);
        EvidencePolicy read = Read(members);
        error = members.Error ?? CheckScope(read);
        policy = error is null ? read : null;
        return error is null;
    }

    private static EvidencePolicy Read(PolicyMembers members) => new(
        members.Text("id", 130) ?? "",
        (int)(members.Number("version", 1, 1_000_000) ?? 0),
        members.OptionalText("scheme", 64),
        members.OptionalText("level", 64),
        members.Word("minimumEvidenceStrength", Enum.GetValues<EvidenceStrength>(), EnrolmentWords.Word),
        members.OptionalNumber("maximumEvidenceAgeSeconds", 1, MaxAgeSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        members.Set("requiredBootFacts", PolicyWords.BootFacts, mayBeEmpty: true).Aggregate(BootRequirements.None, (all, one) => all | one),
        members.Set("allowedAlgorithms", PolicyWords.Algorithms, mayBeEmpty: false).Aggregate(EvidenceAlgorithms.None, (all, one) => all | one),
        (int?)members.OptionalNumber("maximumPatchDays", 0, PatchPolicy.MaxDays),
        members.OptionalText("note", MaxNoteLength) ?? "");

    private static PolicyError? CheckScope(EvidencePolicy policy)
    {
        if (policy.Scheme is null != policy.Level is null)
        {
            return new PolicyError(policy.Level is null ? "a \"scheme\" without a \"level\"" : "a \"level\" without a \"scheme\"", "both, or neither in the policy of every board");
        }

        string id = policy.Scheme is null ? EvidencePolicy.DefaultId : EvidencePolicy.IdOf(policy.Scheme, policy.Level!);

        // One id for one scope: two policies for a level would leave open which one applies (lessons.md section 2, 13).
        return policy.Id == id ? null : new PolicyError($"\"id\" is \"{policy.Id}\"", $"\"{id}\": a level has one policy, named after it");
    }
}
