namespace IotAttest.Domain.Appraisal;

/// <summary>How the end of a product's support shows (certification.md section 6, story 11).</summary>
public static class SupportTerm
{
    /// <summary>How long before its end people are told.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(90);

    /// <summary>What holds at a moment; None where no end is known. The last moment of support is still supported.</summary>
    public static Conditions At(DateTimeOffset now, DateTimeOffset? until) => until switch
    {
        { } end when now > end => Conditions.SupportEnded,
        { } end when now > end - Notice => Conditions.SupportEnding,
        _ => Conditions.None,
    };
}
