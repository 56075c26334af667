using IotAttest.Domain.Policies;

namespace IotAttest.Domain.Appraisal;

/// <summary>The parameters of appraisal. Named in every result, so that a verdict can be understood later.</summary>
/// <param name="Id">Name and version of the policy.</param>
/// <param name="AttestEvery">Interval at which a board is challenged. Default 300 s.</param>
/// <param name="SilenceGrace">Added to two intervals before silence counts. Default 60 s.</param>
public sealed record AppraisalPolicy(string Id, TimeSpan AttestEvery, TimeSpan SilenceGrace)
{
    /// <summary>The policy of a verifier that was given none.</summary>
    public static AppraisalPolicy Default { get; } = new("urn:iotattest:policy:default:v1", TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60));

    /// <summary>The policies of every board and of levels.</summary>
    public PolicyBook Book { get; init; } = PolicyBook.Empty;

    /// <summary>How long after "as of" a verdict holds: two intervals and the grace, or less where the policy of every board says so.</summary>
    public TimeSpan MaximumAge => Book.General.MaximumEvidenceAge < Cadence ? Book.General.MaximumEvidenceAge.Value : Cadence;

    private TimeSpan Cadence => (AttestEvery * 2) + SilenceGrace;
}
