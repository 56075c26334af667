using System.Collections.Immutable;

namespace IotAttest.Domain.Advisories;

/// <summary>Weighs all statements about one build: the closest decides, and of equally close ones the latest. Pure.</summary>
/// <remarks>So a maker's statement about its product beats a component found in the bill of materials, and another component that is fixed does not
/// clear the one that is affected. What needs a person decides nothing, nor does "under investigation" where something is known.</remarks>
public static class BuildStanding
{
    /// <summary>One entry for each vulnerability that a statement is certainly about, in ordinal order.</summary>
    /// <param name="matches">Statements of all advisories in force that are about the build.</param>
    public static ImmutableArray<VulnerabilityStanding> Of(IEnumerable<AdvisoryMatch> matches) =>
    [
        .. matches
            .Where(match => match.Statement.Match.Certainty == Certainty.Yes)
            .GroupBy(match => match.Statement.Vulnerability, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Weigh(group.Key, [.. group])),
    ];

    /// <summary>Ids of the advisories that mark the build as affected, in ordinal order.</summary>
    public static ImmutableArray<string> AffectedBy(IEnumerable<VulnerabilityStanding> standings) =>
    [
        .. standings.Where(standing => standing.Status == ProductStatus.Affected).SelectMany(standing => standing.Advisories).Distinct().Order(StringComparer.Ordinal),
    ];

    private static VulnerabilityStanding Weigh(string vulnerability, AdvisoryMatch[] matches)
    {
        AdvisoryMatch[] known = [.. matches.Where(match => match.Statement.Status != ProductStatus.UnderInvestigation)];
        AdvisoryMatch[] heard = known.Length > 0 ? known : matches;
        MatchLevel closest = heard.Max(match => match.Statement.Match.Level);
        AdvisoryMatch[] close = [.. heard.Where(match => match.Statement.Match.Level == closest)];
        AdvisoryMatch[] decisive = closest == MatchLevel.Component
            ? [.. close.GroupBy(match => match.Statement.Match.Component, StringComparer.Ordinal).Select(Latest)]
            : [Latest(close)];
        ProductStatus status = decisive.Min(match => match.Statement.Status);
        return new VulnerabilityStanding(
            vulnerability,
            status,
            [.. matches.Where(match => match.Statement.Status == status).Select(match => match.Advisory).Distinct().Order(StringComparer.Ordinal)],
            [.. decisive.Where(match => match.Statement.Status == status)]);
    }

    // Of two that were said at the same time, the worse one: statuses are numbered in that order, and a range that says both is not believed to be fine.
    private static AdvisoryMatch Latest(IEnumerable<AdvisoryMatch> matches) =>
        matches.OrderByDescending(match => match.Statement.At).ThenBy(match => match.Statement.Status).ThenBy(match => match.Advisory, StringComparer.Ordinal).First();
}
