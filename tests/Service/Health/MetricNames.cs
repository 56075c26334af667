using System.Text.RegularExpressions;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Health;

/// <summary>Which metrics <c>/metrics</c> exposes, and which the files in deploy/ ask for.</summary>
internal static partial class MetricNames
{
    public static string Deploy(string file) => Path.Combine(SharedData.Repository, "deploy", file);

    /// <summary>Names of samples, without their labels.</summary>
    public static HashSet<string> Exposed(string text) => [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0])];

    public static string[] Asked(string file) => [.. Name().Matches(File.ReadAllText(Deploy(file))).Select(match => match.Value).Distinct()];

    [GeneratedRegex("\\b(?:iotattest|dotnet)_[a-z_]+")]
    private static partial Regex Name();
}
