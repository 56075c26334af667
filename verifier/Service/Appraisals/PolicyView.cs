using System.Text.Json.Nodes;
using IotAttest.Domain.Policies;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Appraisals;

/// <summary>One version of a policy: its document, and where it came from. <c>SubmittedAt</c> is null for one that came with the program.</summary>
internal sealed record PolicyView(string Name, bool InForce, JsonObject Policy, string? SubmittedAt, string SubmittedBy, string Reason)
{
    private const string Program = "program";

    public static PolicyView Of(EvidencePolicy policy, bool isInForce, PolicyRow? row) => new(
        policy.Name, isInForce, PolicyDocument.Write(policy), UtcText.OfMs(row?.SubmittedAt), row?.SubmittedBy ?? Program, row?.Reason ?? "shipped default");
}

/// <summary>All versions of all policies.</summary>
internal sealed record PolicyListView(IReadOnlyList<PolicyView> Policies);
