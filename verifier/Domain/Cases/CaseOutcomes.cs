using System.Collections.Immutable;

namespace IotAttest.Domain.Cases;

/// <summary>How cases of each type can end.</summary>
public static class CaseOutcomes
{
    /// <summary>The words for a type. Those of an appeal say what becomes of the contested decision.</summary>
    public static ImmutableArray<string> Of(CaseType type) => type switch
    {
        CaseType.NonConformity => ["remedied", "notRemedied", "dismissed"],
        CaseType.Appeal => ["upheld", "overturned", "partlyOverturned", "inadmissible"],
        CaseType.Complaint => ["justified", "dismissed"],
        CaseType.Renewal => ["renewed", "notRenewed"],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
