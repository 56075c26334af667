using System.Collections.Immutable;

namespace IotAttest.Domain.Certificates.Applications;

/// <summary>What a laboratory may test, and until when.</summary>
/// <param name="Number">The number its accreditation body gave it.</param>
/// <param name="Scope">The schemes it may test for.</param>
/// <param name="Until">Last moment.</param>
public sealed record Accreditation(string Number, ImmutableArray<string> Scope, DateTimeOffset Until)
{
    /// <summary>True when it may test for that scheme then.</summary>
    public bool Covers(string scheme, DateTimeOffset at) => at <= Until && Scope.Contains(scheme);
}
