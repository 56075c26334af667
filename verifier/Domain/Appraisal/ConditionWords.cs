namespace IotAttest.Domain.Appraisal;

/// <summary>Conditions as the list of words that results carry.</summary>
public static class ConditionWords
{
    private static readonly Conditions[] All = [.. Enum.GetValues<Conditions>().Where(condition => condition != Conditions.None)];

    /// <summary>The names of all conditions that are set, in the order of <see cref="Conditions"/>.</summary>
    public static string[] Words(this Conditions conditions) =>
        conditions == Conditions.None ? [] : [.. All.Where(single => conditions.HasFlag(single)).Select(single => single.ToString())];

    /// <summary>The same without the one that this word says already.</summary>
    public static Conditions Beside(this Conditions conditions, Conformity conformity) => conformity switch
    {
        Conformity.CertificateNotInForce => conditions & ~Conditions.CertificateNotInForce,
        Conformity.PendingCoverage => conditions & ~Conditions.PendingCoverage,
        Conformity.Vulnerable => conditions & ~Conditions.Vulnerable,
        Conformity.SupportEnded => conditions & ~Conditions.SupportEnded,
        _ => conditions,
    };
}
