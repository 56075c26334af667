using System.Net.Http.Headers;
using IotAttest.Service.Hosting;
using IotAttest.Service.Tests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Tests;

/// <summary>The real verifier on a free port of 127.0.0.1 with a data directory of its own, which it removes at the end.</summary>
internal sealed class VerifierUnderTest : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly VerifierOptions _options;
    private readonly ILoggerProvider? _logs;
    private readonly TestDatabase? _database;
    private WebApplication _app;

    private VerifierUnderTest(TimeProvider clock, VerifierOptions options, ILoggerProvider? logs, TestDatabase? database)
    {
        _database = database;
        _clock = clock;
        _options = options;
        _logs = logs;
        _app = Build();
    }

    public string DataDirectory => _options.DataDirectory;

    public string OperatorToken => File.ReadAllText(Path.Combine(DataDirectory, "operator.token")).Trim();

    public IServiceProvider Services => _app.Services;

    public Uri Address => Addresses[0];

    /// <summary>The port of plain MQTT, when the options ask for it.</summary>
    public int MqttPort => Addresses[1].Port;

    /// <summary>Where MQTT over TLS listens, when plain MQTT does too.</summary>
    public int MqttsPort => Addresses[2].Port;

    // In the order in which the verifier listens: HTTP, then MQTT.
    private Uri[] Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Starts it; with <paramref name="logs"/> it tells them everything, down to the last trace.</summary>
    public static async Task<VerifierUnderTest> StartAsync(TimeProvider? clock = null, Func<VerifierOptions, VerifierOptions>? change = null, ILoggerProvider? logs = null)
    {
        VerifierOptions options = Fresh();
        TestDatabase? database = TestDatabase.IsEngineOfAll ? TestDatabase.New() : null;
        options = options with { Database = database?.ConnectionString };
        VerifierUnderTest verifier = new(clock ?? TimeProvider.System, change?.Invoke(options) ?? options, logs, database);
        await verifier._app.StartAsync();
        return verifier;
    }

    /// <summary>Starts one on a PostgreSQL database that the caller keeps, with the keys of another verifier on it.</summary>
    public static async Task<VerifierUnderTest> StartOnAsync(TestDatabase database, VerifierUnderTest? keysOf = null, Func<VerifierOptions, VerifierOptions>? change = null, TimeProvider? clock = null)
    {
        VerifierOptions options = Fresh() with { Database = database.ConnectionString };
        foreach (string key in keysOf is null ? [] : (string[])["secrets.key", "verifier-key.pem", "operator.token"])
        {
            File.Copy(Path.Combine(keysOf!.DataDirectory, key), Path.Combine(options.DataDirectory, key));
        }

        VerifierUnderTest verifier = new(clock ?? TimeProvider.System, change?.Invoke(options) ?? options, null, null);
        await verifier._app.StartAsync();
        return verifier;
    }

    /// <summary>Starts it with plain MQTT on a free port.</summary>
    public static Task<VerifierUnderTest> StartWithMqttAsync(TimeProvider? clock = null, Func<VerifierOptions, VerifierOptions>? change = null) =>
        StartAsync(clock, options => (change ?? (same => same))(options with { Mqtt = "127.0.0.1:0" }));

    /// <summary>Stops it and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Starts it again on the same data, after it was stopped.</summary>
    public async Task StartAgainAsync()
    {
        _app = Build();
        await _app.StartAsync();
    }

    /// <summary>Stops it and leaves the data.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A client that is not logged in.</summary>
    public HttpClient Anybody() => new() { BaseAddress = Address };

    public HttpClient With(string token) =>
        new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    public HttpClient Operator() => With(OperatorToken);

    /// <summary>Registers an organisation and returns a client with its token.</summary>
    public async Task<HttpClient> OrganisationAsync(string name, string role, params string[] keys)
    {
        using HttpClient client = Operator();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/organisations", new { name, roles = new[] { role }, keys });
        return With((await response.JsonAsync()).GetProperty("token").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _database?.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static VerifierOptions Fresh() =>
        new() { DataDirectory = Directory.CreateTempSubdirectory("iotattest-test-").FullName, Http = "127.0.0.1:0", Mqtt = null, Mqtts = null, BoardRequestsPerSecond = 100_000, BoardMessagesPerSecond = 100_000, PageRequestsPerSecond = 100_000 };

    private WebApplication Build() => VerifierApp.Build(
        _options,
        builder =>
        {
            builder.Services.AddSingleton(_clock);
            builder.Logging.SetMinimumLevel(_logs is null ? LogLevel.Warning : LogLevel.Trace);
            if (_logs is not null)
            {
                builder.Logging.ClearProviders();
                builder.Logging.AddProvider(_logs);
            }
        });
}
