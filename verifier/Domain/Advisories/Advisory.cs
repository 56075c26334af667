using System.Collections.Immutable;

namespace IotAttest.Domain.Advisories;

/// <summary>An advisory as far as builds and people are concerned.</summary>
/// <param name="Format">What it was read from.</param>
/// <param name="DocumentId">CSAF tracking id, or the OpenVEX <c>@id</c>.</param>
/// <param name="Issuer">Namespace of the CSAF publisher, or the OpenVEX author: the id is unique for each issuer.</param>
/// <param name="Publisher">Its name, for people.</param>
/// <param name="Version">Grows with each revision.</param>
/// <param name="Title">One line for people.</param>
/// <param name="PublishedAt">First release, as the author says.</param>
/// <param name="UpdatedAt">This release.</param>
/// <param name="IsWithdrawn">True when the author took it back or another advisory took its place: then no statement counts.</param>
/// <param name="Vulnerabilities">Each once, in the order of the file.</param>
/// <param name="Statements">What it says.</param>
public sealed record Advisory(
    AdvisoryFormat Format,
    string DocumentId,
    string Issuer,
    string Publisher,
    string Version,
    string Title,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    bool IsWithdrawn,
    ImmutableArray<AdvisoryVulnerability> Vulnerabilities,
    ImmutableArray<AdvisoryStatement> Statements)
{
    /// <summary>The highest of its vulnerabilities.</summary>
    public AdvisorySeverity Severity => Vulnerabilities.Select(vulnerability => vulnerability.Severity).DefaultIfEmpty(AdvisorySeverity.Unknown).Max();
}
