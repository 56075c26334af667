using System.Globalization;
using System.Text;

namespace IotAttest.Service.Health;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>A figure that goes up and down.</summary>
    public void Gauge(string name, string help, double value) => Write(name, "gauge", help, value);

    /// <summary>A figure that only grows; its name ends in _total.</summary>
    public void Counter(string name, string help, double value) => Write(name, "counter", help, value);

    public override string ToString() => _text.ToString();

    private void Write(string name, string kind, string help, double value) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
}
