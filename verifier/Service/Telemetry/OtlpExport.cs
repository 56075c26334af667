using System.Reflection;
using System.Security.Cryptography;
using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace IotAttest.Service.Telemetry;

/// <summary>Sends metrics, traces and logs to a collector (OTLP over HTTP, protobuf). Without an endpoint nothing here is made.</summary>
internal static class OtlpExport
{
    private const string ServiceName = "iotattest-verifier";

    // Without it the exporter leaves out the ids of records (docs/operations/events.md): it still calls them experimental.
    private const string EmitEventIds = "OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES";

    /// <summary>Called last: whoever chose where logs go may have cleared the list.</summary>
    public static void ConfigureOtlp(this WebApplicationBuilder builder, VerifierOptions options)
    {
        if (options.Otlp is not { } endpoint)
        {
            return;
        }

        ResourceBuilder resource = Describe();
        builder.Configuration[EmitEventIds] = "true";
        builder.Services.AddHostedService(provider => new OtlpSignals(provider.GetRequiredService<VerifierMeter>(), options, resource));
        builder.Logging.AddOpenTelemetry(logs =>
        {
            // Formatted texts as on stderr. Scopes stay here: they carry what a request said of itself.
            (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, false);
            logs.SetResourceBuilder(resource);
            logs.AddOtlpExporter(exporter => Aim(exporter, endpoint, "logs"));
        });
    }

    /// <summary>Sets where one signal goes; only an endpoint from the environment would get its path by itself.</summary>
    public static void Aim(OtlpExporterOptions exporter, Uri endpoint, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }

    // OTEL_RESOURCE_ATTRIBUTES adds to it: where this verifier stands is for its operator to say.
    private static ResourceBuilder Describe() => ResourceBuilder.CreateDefault().AddService(
        ServiceName,
        serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        autoGenerateServiceInstanceId: false,
        serviceInstanceId: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
}
