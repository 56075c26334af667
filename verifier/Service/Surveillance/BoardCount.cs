using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Surveillance;

/// <summary>Counts boards for one certificate.</summary>
internal sealed class BoardCount(DateTimeOffset now)
{
    private const string Older = "older";

    private static readonly (string Name, TimeSpan Most)[] Bounds = [("hour", TimeSpan.FromHours(1)), ("day", TimeSpan.FromDays(1)), ("week", TimeSpan.FromDays(7))];

    private readonly Dictionary<string, long> _groups = [];
    private readonly Dictionary<string, long> _drift = [];
    private readonly Dictionary<string, long> _ages = [];

    public DateTimeOffset Now { get; } = now;

    public long Boards { get; private set; }

    public IReadOnlyList<NamedCount> Groups => [.. SurveillanceGroups.Heard.Append(SurveillanceGroups.Unheard).Select(group => new NamedCount(group, _groups.GetValueOrDefault(group)))];

    public IReadOnlyList<NamedCount> Drift => [.. _drift.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new NamedCount(pair.Key, pair.Value))];

    public IReadOnlyList<NamedCount> Ages => [.. Bounds.Select(bound => bound.Name).Append(Older).Append(SurveillanceGroups.Unheard).Select(name => new NamedCount(name, _ages.GetValueOrDefault(name)))];

    public void Add(Verdict verdict)
    {
        if (SurveillanceGroups.Of(verdict.Conformity) is not { } group)
        {
            return;
        }

        Boards++;
        Count(_groups, group);
        Count(_ages, AgeOf(verdict.AsOf));

        // Silence is a group of its own, and every silent board would be in this class.
        foreach (string word in (verdict.Drift & ~IotAttest.Domain.Appraisal.Drift.StaleEvidence).Words())
        {
            Count(_drift, word);
        }
    }

    private string AgeOf(DateTimeOffset? asOf) =>
        asOf is not { } at ? SurveillanceGroups.Unheard : Bounds.FirstOrDefault(bound => Now - at <= bound.Most).Name ?? Older;

    private static void Count(Dictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
