using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>Median and range of some rounds.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    public string Text(double factor, string unit, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Median * factor).ToString(format, CultureInfo.InvariantCulture)}{unit} ({(Least * factor).ToString(format, CultureInfo.InvariantCulture)} to {(Most * factor).ToString(format, CultureInfo.InvariantCulture)})");
}
