using System.Globalization;
using System.Text;

namespace IotAttest.Service.Health;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric.</summary>
    /// <param name="name">Of the metric; samples follow.</param>
    /// <param name="kind">counter, gauge or histogram.</param>
    /// <param name="help">One line.</param>
    public void Begin(string name, string kind, string help) => _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    /// <summary>One value.</summary>
    public void Sample(string name, ReadOnlySpan<KeyValuePair<string, string>> labels, double value)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            string text = labels[i].Value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? '{' : ',')}{labels[i].Key}=\"{text}\"");
        }

        _text.Append(CultureInfo.InvariantCulture, $"{(labels.Length > 0 ? "}" : "")} {value}\n");
    }

    public override string ToString() => _text.ToString();
}
