using System.Globalization;

namespace IotAttest.Support;

/// <summary>Whether this is a long run, and how long it is.</summary>
public static class LongRun
{
    private const string Switch = "IOTATTEST_LONG";

    /// <summary>Null in a long run, else the reason that is shown beside the skipped test.</summary>
    public static string? ReasonToSkip() =>
        Environment.GetEnvironmentVariable(Switch) == "1" ? null : $"a long run: set {Switch}=1 or start tests/EndToEnd/run --long";

    /// <summary>A whole number above 0 from the environment, so that a shorter run can be measured too.</summary>
    /// <exception cref="FormatException">The variable is set to something else.</exception>
    public static int Setting(string name, int otherwise)
    {
        string? text = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw new FormatException($"{name} is '{text}'; set a whole number above 0, such as {otherwise}.");
    }
}
