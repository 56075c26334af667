using System.Globalization;
using IotAttest.Domain.Cases;
using IotAttest.Service.Cases;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates;

/// <summary>An appeal in the public history: which decision is contested, and what came of it. Who judged it stays with the body.</summary>
internal sealed record AppealView(string Case, long Decision, string FiledAt, string State, string? DecidedAt, string? Outcome, string? Rationale, string? Dissent)
{
    public static AppealView Of(CaseRow row, CaseLife life, DateTimeOffset at)
    {
        CaseEvent? decision = life.Decision is { } taken && taken.At <= at ? taken : null;
        return new AppealView(
            row.Id.ToString(CultureInfo.InvariantCulture),
            row.Decision!.Value,
            UtcText.OfMs(row.OpenedAt),
            decision is null ? "open" : "decided",
            UtcText.Of(decision?.At),
            decision?.Outcome,
            decision?.RationalePublic,
            decision is { Dissent.Length: > 0 } ? decision.Dissent : null);
    }
}
