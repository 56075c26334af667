namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>One version of a scheme. Days begin at midnight UTC.</summary>
/// <param name="Id">How certificates name it, 1 to 128 bytes.</param>
/// <param name="AcceptedFrom">First day on which certificates may name it; null where the day is not known, and then not checked.</param>
/// <param name="MandatoryFrom">First day on which new certificates name it or a later one; null for not yet.</param>
/// <param name="RetiredAt">First day on which nothing is issued under it any more; null for not yet.</param>
public sealed record SchemeVersion(string Id, DateOnly? AcceptedFrom, DateOnly? MandatoryFrom, DateOnly? RetiredAt)
{
    /// <summary>True when certificates may name it then.</summary>
    public bool IsAccepted(DateTimeOffset at) => !(AcceptedFrom is { } from && at < Start(from)) && !IsRetired(at);

    /// <summary>True when it, or a later one, must be named then.</summary>
    public bool IsMandatory(DateTimeOffset at) => MandatoryFrom is { } from && at >= Start(from);

    /// <summary>True when nothing is issued under it any more.</summary>
    public bool IsRetired(DateTimeOffset at) => RetiredAt is { } from && at >= Start(from);

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
