using System.Collections.Immutable;
using IotAttest.Domain.Cases;

namespace IotAttest.Service.Cases;

/// <summary>A case that may be opened: every rule was checked.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Subject">The certificate or application.</param>
/// <param name="OpenedBy">The organisation; empty for the verifier.</param>
/// <param name="Person">The person of it.</param>
/// <param name="Summary">What it is about, in plain words.</param>
internal sealed record NewCase(CaseType Type, CaseSubject Subject, string OpenedBy, string Person, string Summary)
{
    /// <summary>Of an appeal: the number of the contested line in the history, from 1.</summary>
    public int? Decision { get; init; }

    /// <summary>Persons who cannot handle it.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];
}
