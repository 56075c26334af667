using System.Collections.Immutable;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;

namespace IotAttest.Domain.Appraisal;

/// <summary>The answer about one board at one moment.</summary>
/// <param name="Conformity">The word for people and gates.</param>
/// <param name="Drift">Everything that differs.</param>
/// <param name="Build">Id of the matched build, or null.</param>
/// <param name="Certificates">Ids of the certificates in force that cover it.</param>
/// <param name="Reported">The measured set of the board; null before its first evidence.</param>
/// <param name="Expected">The set it is compared with: of the matched build, else of the nearest one; null when there is none.</param>
/// <param name="Strength">The evidence strength of the board.</param>
/// <param name="Vector">The AR4SI trust vector.</param>
/// <param name="AsOf">Time of the challenge or marker; null before the first evidence.</param>
/// <param name="ExpiresAt">When the verdict turns stale without new evidence.</param>
/// <param name="PolicyId">The policy of every board.</param>
/// <param name="Guidance">What to do and who should.</param>
public sealed record Verdict(
    Conformity Conformity,
    Drift Drift,
    string? Build,
    ImmutableArray<string> Certificates,
    MeasuredSet? Reported,
    MeasuredSet? Expected,
    EvidenceStrength Strength,
    TrustVector Vector,
    DateTimeOffset? AsOf,
    DateTimeOffset? ExpiresAt,
    string PolicyId,
    Guidance Guidance)
{
    /// <summary>Everything that is true beside <see cref="Conformity"/>.</summary>
    public Conditions Conditions { get; init; }

    /// <summary>Ids of the advisories that mark the matched build, in ordinal order.</summary>
    public ImmutableArray<string> Advisories { get; init; } = [];

    /// <summary>The policies that decided: <see cref="PolicyId"/>, then those of the levels that certificates of the build name.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>The moment it holds for.</summary>
    public DateTimeOffset AppraisedAt { get; init; }

    /// <summary>What to do, in one English sentence.</summary>
    public string NextStep => Guidance.Text(Language.English);

    /// <summary>Who should do it: <c>manufacturer</c>, <c>body</c>, <c>integrator</c>, <c>operator</c>, or empty.</summary>
    public string Responsible => Guidance.Responsible;

    /// <summary>Reported beside expected, in ordinal order of the names. Made on demand: most verdicts are never read.</summary>
    public ImmutableArray<ComponentComparison> Components => ComponentComparison.Compare(Reported, Expected);
}
