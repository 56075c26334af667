using System.Globalization;
using IotAttest.Domain.Policies;

namespace IotAttest.Service.Appraisals;

/// <summary>Names one version of a policy: <c>demo.high:2</c>.</summary>
internal readonly record struct PolicyReference(string Id, int Version)
{
    public static string Of(EvidencePolicy policy) => string.Create(CultureInfo.InvariantCulture, $"{policy.Id}:{policy.Version}");

    /// <summary>Reads exactly one reference; a list of them is none.</summary>
    public static bool TryParse(string text, out PolicyReference reference)
    {
        string[] parts = text.Split(':');
        bool isOne = parts.Length == 2 && parts[0].Length > 0 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        reference = isOne ? new PolicyReference(parts[0], int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture)) : default;
        return isOne;
    }
}
