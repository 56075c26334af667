using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Advisories;

/// <summary>The id of an advisory here: its own where that can stand in a path and nobody else uses it, else one made from it.</summary>
internal static class AdvisoryId
{
    private const int MaxLength = 64;
    private const int HashDigits = 12;

    public static string Of(Advisory advisory, string importer, Func<string, bool> isTaken)
    {
        string own = advisory.DocumentId;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{importer}\n{advisory.Issuer}\n{own}")))[..HashDigits];
        if (!IsPathSegment(own))
        {
            return $"{(advisory.Format == AdvisoryFormat.OpenVex ? "vex" : "csaf")}-{hash}";
        }

        return isTaken(own) ? $"{own}-{hash}" : own;
    }

    private static bool IsPathSegment(string text) =>
        text.Length <= MaxLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');
}
