using System.Globalization;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>The words in brackets that end a line of the listing.</summary>
internal sealed record ApiFlags(IReadOnlyList<string> Words)
{
    public bool Has(string flag) => Words.Contains(flag);

    /// <summary>True for a flag of one parameter, counted from 0: <c>out 1</c>.</summary>
    public bool Has(string flag, int parameter) => Words.Contains(string.Create(CultureInfo.InvariantCulture, $"{flag} {parameter}"));

    /// <summary>The default of a parameter, or null when it has none: <c>optional 1=null</c>.</summary>
    public string? DefaultOf(int parameter)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"optional {parameter}=");
        return Words.FirstOrDefault(word => word.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }
}
