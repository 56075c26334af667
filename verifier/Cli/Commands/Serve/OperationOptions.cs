using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;

namespace IotAttest.Cli.Commands.Serve;

/// <summary>What the operator of a verifier sees of it: where signals go, how logs look, how it stops.</summary>
internal sealed class OperationOptions(CliContext context) : IServeOptions
{
    /// <summary>The variable of the OpenTelemetry specification; <c>--otlp</c> wins over it.</summary>
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Json = "json";
    private const string Text = "text";
    private static readonly VerifierOptions Default = new();

    private readonly Option<Uri?> _otlp = UrlOption.Create("--otlp", $"Send metrics, traces and logs to this OTLP collector (HTTP with protobuf, as in http://127.0.0.1:4318); {EndpointVariable} when left out.");
    private readonly Option<double> _sample = new("--otlp-sample") { Description = "The share of evidence that is traced, 0 to 1.", HelpName = "SHARE", DefaultValueFactory = _ => Default.OtlpSample };
    private readonly Option<TimeSpan> _every = DurationOption.Create("--otlp-every", "How often metrics are sent, at least 1s.", Default.OtlpEvery);
    private readonly Option<TimeSpan> _drain = DurationOption.Create("--drain", $"How long /readyz says no before the verifier stops listening, at most {VerifierOptions.MaxDrain.TotalSeconds}s: for a load balancer in front.", Default.Drain);
    private readonly Option<string?> _format = new Option<string?>("--log-format") { Description = "How logs look on stderr; text for a terminal, else json, when left out.", HelpName = $"{Json}|{Text}" }.AcceptOnlyFromAmong(Json, Text);

    public IEnumerable<Option> All => [_otlp, _sample, _every, _drain, _format];

    public VerifierOptions Apply(ParseResult parsed, VerifierOptions options) => options with
    {
        Otlp = parsed.GetValue(_otlp) ?? OfEnvironment(),
        OtlpSample = parsed.GetValue(_sample),
        OtlpEvery = parsed.GetValue(_every),
        Drain = parsed.GetValue(_drain),
    };

    public bool LogsJson(ParseResult parsed) => parsed.GetValue(_format) is { } format ? format == Json : !context.Terminal.IsInteractive;

    private Uri? OfEnvironment()
    {
        string? text = context.Environment(EndpointVariable);
        return string.IsNullOrWhiteSpace(text) ? null
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url
            : throw CliException.WrongUsage($"{EndpointVariable}={text}", "a URL such as http://127.0.0.1:4318", "correct the variable, or give --otlp");
    }
}
