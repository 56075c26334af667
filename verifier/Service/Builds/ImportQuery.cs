using System.Globalization;
using IotAttest.Domain.Corim;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Mvc;

namespace IotAttest.Service.Builds;

/// <summary>What is said about a CoRIM of another tool when it is submitted: <c>?version=1.2.0&amp;securityVersion=3&amp;class=UUID</c>.</summary>
internal sealed record ImportQuery(
    [property: FromQuery(Name = "version")] string? Version,
    [property: FromQuery(Name = "securityVersion")] string? SecurityVersion,
    [property: FromQuery(Name = "class")] string? Class)
{
    /// <summary>Null when nothing is said: then the file must be of the profile.</summary>
    /// <exception cref="ProblemException">Something is said, and not in these forms.</exception>
    public ImportTerms? Parse()
    {
        if (Version is null && SecurityVersion is null && Class is null)
        {
            return null;
        }

        Guid classId = Guid.Empty;
        ulong securityVersion = 0;
        bool isRead = Version is not null
            && (Class is null || (Guid.TryParseExact(Class, "D", out classId) && classId != Guid.Empty))
            && (SecurityVersion is null || (ulong.TryParse(SecurityVersion, NumberStyles.None, CultureInfo.InvariantCulture, out securityVersion) && securityVersion <= long.MaxValue));
        return isRead
            ? new ImportTerms(Class is null ? null : classId, Version!, securityVersion)
            : throw Refuse.Malformed("other query parameters", "version=TEXT, and when needed securityVersion=NUMBER and class=UUID", "Say them only for a CoRIM without a profile.");
    }
}
