using System.Diagnostics.Metrics;

namespace IotAttest.Service.Health;

/// <summary>Names of instruments in the Prometheus text, as OpenTelemetry's compatibility rules make them.</summary>
internal static class PrometheusName
{
    /// <summary>Dots become underscores, a unit of seconds or bytes and the <c>_total</c> of a counter are put behind.</summary>
    public static string Of(Instrument instrument, bool isCounter)
    {
        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return $"{Label(instrument.Name)}{unit}{(isCounter ? "_total" : "")}";
    }

    public static string Label(string name) => name.Replace('.', '_');
}
