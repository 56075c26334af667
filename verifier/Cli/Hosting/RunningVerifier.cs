using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Cli.Hosting;

/// <summary>A verifier inside this process, and where it really listens.</summary>
internal sealed class RunningVerifier : IAsyncDisposable
{
    private const string TokenFileName = "operator.token";

    private readonly WebApplication _app;

    private RunningVerifier(WebApplication app, VerifierOptions options)
    {
        _app = app;
        DataDirectory = Path.GetFullPath(options.DataDirectory);

        // Kestrel lists addresses in the order in which they were asked for: HTTP, MQTT, MQTT over TLS.
        Queue<Uri> addresses = new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)));
        Http = new Uri(addresses.Dequeue().GetLeftPart(UriPartial.Authority));
        Mqtt = options.Mqtt is null ? null : addresses.Dequeue().Authority;
        Mqtts = addresses.TryDequeue(out Uri? secured) ? secured.Authority : null;
    }

    public Uri Http { get; }

    /// <summary>Address and port of plain MQTT, or null when it is off.</summary>
    public string? Mqtt { get; }

    /// <summary>Address and port of MQTT over TLS, or null when it is off.</summary>
    public string? Mqtts { get; }

    public string DataDirectory { get; }

    public string OperatorTokenFile => Path.Combine(DataDirectory, TokenFileName);

    public string OperatorToken => File.ReadAllText(OperatorTokenFile).Trim();

    /// <summary>Builds and starts a verifier.</summary>
    /// <exception cref="Failures.CliException">It cannot start; the text says why and what to do.</exception>
    public static async Task<RunningVerifier> StartAsync(VerifierOptions options, Action<WebApplicationBuilder> configure, CancellationToken cancellation)
    {
        WebApplication? app = null;
        try
        {
            app = VerifierApp.Build(options, configure);
            await app.StartAsync(cancellation);
            return new RunningVerifier(app, options);
        }
        catch (Exception cause) when (StartFailure.Of(cause, options) is { } failure)
        {
            await StopAsync(app);
            throw failure;
        }
    }

    /// <summary>Runs until Ctrl-C, SIGTERM or the cancellation, then stops in order.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync() => await StopAsync(_app);

    // Stopped first, also after half a start: what runs in the background ends in order only then.
    private static async Task StopAsync(WebApplication? app)
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
