using System.Globalization;
using IotAttest.Domain.Cases;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Cases;

/// <summary>A case as a party sees it. Confidential reasons and names of persons are for who handles it, and for auditors.</summary>
internal sealed record CaseView(
    string Id,
    string Type,
    string State,
    string? Outcome,
    bool IsOverdue,
    string? Certificate,
    string? Application,
    long? Decision,
    string OpenedBy,
    string Holder,
    string Body,
    string OpenedAt,
    string Summary,
    string? Assigned,
    IReadOnlyList<ClockView> Clocks,
    IReadOnlyList<string> Outcomes,
    IReadOnlyList<CaseEventView> History)
{
    public static CaseView Of(CaseRow row, CaseLife life, bool isInside, DateTimeOffset now) => new(
        row.Id.ToString(CultureInfo.InvariantCulture),
        EnumWord.Of(row.Kind),
        life.IsOpen ? "open" : "decided",
        life.Decision?.Outcome,
        life.IsOverdue(now),
        row.CertificateId,
        row.ApplicationId?.ToString(CultureInfo.InvariantCulture),
        row.Decision,
        row.OpenedBy.Length == 0 ? "verifier" : row.OpenedBy,
        row.Holder,
        row.Body,
        UtcText.OfMs(row.OpenedAt),
        row.Summary,
        isInside ? life.Assigned : null,
        [.. life.Clocks.Select(clock => new ClockView(clock.Name, UtcText.Of(clock.DueAt), UtcText.Of(clock.MetAt), clock.IsOverdue(now)))],
        CaseOutcomes.Of(row.Kind),
        [.. life.History.Select(taken => CaseEventView.Of(taken, isInside))]);
}

/// <summary>A clock; overdue when it was met too late, or its time is over.</summary>
internal sealed record ClockView(string Name, string DueAt, string? MetAt, bool IsOverdue);

/// <summary>Something that happened in a case.</summary>
internal sealed record CaseEventView(
    string At, string Step, string By, string? Person, string? Assigned, string? Clock, string? Outcome, string RationalePublic, string? RationaleConfidential, string Dissent)
{
    public static CaseEventView Of(CaseEvent taken, bool isInside) => new(
        UtcText.Of(taken.At),
        taken.Step.ToString().ToLowerInvariant(),
        taken.By.Length == 0 ? "verifier" : taken.By,
        isInside ? taken.Person : null,
        isInside ? taken.Assigned : null,
        taken.Clock,
        taken.Outcome,
        taken.RationalePublic,
        isInside ? taken.RationaleConfidential : null,
        taken.Dissent);
}

/// <summary>Some cases; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record CasePage(IReadOnlyList<CaseView> Cases, string? Next);
