using System.Globalization;

namespace IotAttest.Domain.Certificates;

/// <summary>The patch policy of a certificate. A patch is a build of the same class, signed by the manufacturer, with the same digest of
/// its configuration and a higher security version.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Days">Days that a patch stays covered, from the submission of its manifest; 1 to 365, 0 unless the kind is AssessedProcess.</param>
public sealed record PatchPolicy(PatchPolicyKind Kind, int Days)
{
    /// <summary>Longest time that an assessed process covers a patch.</summary>
    public const int MaxDays = 365;

    /// <summary>The policy of a certificate that says nothing.</summary>
    public static PatchPolicy None { get; } = new(PatchPolicyKind.None, 0);

    /// <summary>No limit in time.</summary>
    public static PatchPolicy Open { get; } = new(PatchPolicyKind.Open, 0);

    /// <summary>True for the combinations that may stand in a certificate.</summary>
    public bool IsValid => Kind switch
    {
        PatchPolicyKind.None or PatchPolicyKind.Open => Days == 0,
        PatchPolicyKind.AssessedProcess => Days is >= 1 and <= MaxDays,
        _ => false,
    };

    /// <summary>Coverage for a number of days.</summary>
    public static PatchPolicy Assessed(int days) => new(PatchPolicyKind.AssessedProcess, days);

    /// <summary>Last moment at which a patch submitted then is covered; null when it is not covered at all.</summary>
    public DateTimeOffset? CoversUntil(DateTimeOffset submittedAt) => Kind switch
    {
        PatchPolicyKind.AssessedProcess => submittedAt.AddDays(Days),
        PatchPolicyKind.Open => DateTimeOffset.MaxValue,
        _ => null,
    };

    /// <summary>Reads <c>none</c>, <c>open</c> or <c>assessedProcess:30</c>, the form of <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out PatchPolicy policy)
    {
        const string Assessed = "assessedProcess:";
        policy = text switch
        {
            "open" => Open,
            _ when text.StartsWith(Assessed, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Assessed.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int days) => new PatchPolicy(PatchPolicyKind.AssessedProcess, days),
            _ => None,
        };
        return policy.IsValid && (policy != None || text == "none");
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        PatchPolicyKind.Open => "open",
        PatchPolicyKind.AssessedProcess => string.Create(CultureInfo.InvariantCulture, $"assessedProcess:{Days}"),
        _ => "none",
    };
}
