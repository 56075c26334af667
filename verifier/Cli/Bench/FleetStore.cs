using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using IotAttest.Cli.Hosting;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Cli.Bench;

/// <summary>A verifier in this process on a store of its own, filled with certified builds and boards that have verdicts.</summary>
/// <remarks>Boards with P-256 keys share one key pair under key ids of their own: what a look-up and a verification cost is the same, and a million
/// key pairs need not be made.</remarks>
internal sealed class FleetStore : IAsyncDisposable
{
    public const string Manufacturer = "bench-maker";
    public const string Body = "bench-body";
    public const long OemId = 32473;

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _makerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _bodyKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication? _app;

    private FleetStore(FleetPlan plan) => Plan = plan;

    public FleetPlan Plan { get; }

    public string Folder => _folder.Path;

    /// <summary>The key pair of all boards with a P-256 key.</summary>
    public ECDsa BoardKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa MakerKey => _makerKey;

    public ECDsa BodyKey => _bodyKey;

    public IServiceProvider Services => _app!.Services;

    /// <summary>What filling wrote into the database.</summary>
    public long DatabaseBytesOfBoards { get; private set; }

    /// <summary>How long the filled store took to open: everything read into memory.</summary>
    public TimeSpan OpenTime { get; private set; }

    /// <summary>Fills a store and opens it again, as a start finds it.</summary>
    public static async Task<FleetStore> MakeAsync(FleetPlan plan, Action<string> say, CancellationToken cancellation)
    {
        FleetStore store = new(plan);
        await store.OpenAsync(cancellation);
        using (HttpClient http = store.Operator())
        {
            await LoadFleet.RegisterAsync(http, Manufacturer, "manufacturer", store._makerKey);
            await LoadFleet.RegisterAsync(http, Body, "body", store._bodyKey);
        }

        FleetFiller filler = new(store);
        say($"filling a store: {plan.Builds:N0} certified builds");
        await filler.AddBuildsAsync(cancellation);
        await store.ReopenAsync(cancellation);
        long before = DatabaseFile.Bytes(store.Folder);
        say($"filling a store: {plan.Boards:N0} boards with verdicts");
        await filler.AddBoardsAsync(cancellation);
        await store.ReopenAsync(cancellation);
        store.DatabaseBytesOfBoards = DatabaseFile.Bytes(store.Folder) - before;
        return store;
    }

    /// <summary>A board of the store as the one that sends: its next evidence follows its last.</summary>
    /// <param name="board">The board.</param>
    /// <param name="signer">What signs for it when it has no HMAC key: the key pair of all boards, or a copy of it for a thread of its own.</param>
    public static EvidenceMaker MakerOf(DeviceEntry board, ECDsa signer)
    {
        byte[] kid = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(kid, board.Identity.Kid);
        bool isHmac = board.Identity.KeyKind == DeviceKeyKind.Hmac;
        DeviceState state = board.State;
        (string, byte[])[] components = [.. state.Facts.Measured!.Components.Select(component => (component.Name, component.Sha256.ToArray()))];
        EvidenceMaker maker = new(Ueid.FromHex(board.Identity.Ueid)!, isHmac ? board.KeyMaterial : null, isHmac ? null : signer, kid, board.Identity.ClassId, OemId, components);
        byte[] seed = new byte[EvidenceProfile.BootSeedBytes];
        BinaryPrimitives.WriteUInt128BigEndian(seed, state.Baseline!.BootSeed);
        maker.Continue(state.Baseline.BootCount, seed, state.Baseline.UptimeSeconds);
        return maker;
    }

    /// <summary>Stops the verifier and starts it again on its data.</summary>
    public async Task ReopenAsync(CancellationToken cancellation)
    {
        await CloseAsync();
        Stopwatch watch = Stopwatch.StartNew();
        await OpenAsync(cancellation);
        OpenTime = watch.Elapsed;
    }

    /// <summary>Stops the verifier; the data stays.</summary>
    public async Task CloseAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>A client with the operator's token.</summary>
    public HttpClient Operator()
    {
        string token = File.ReadAllText(Path.Combine(Folder, "operator.token")).Trim();
        return new HttpClient { BaseAddress = new Uri(_app!.Urls.First()), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _makerKey.Dispose();
        _bodyKey.Dispose();
        BoardKey.Dispose();
        _folder.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        // Nothing falls silent while a benchmark takes its time.
        VerifierOptions options = new() { DataDirectory = Folder, Http = "127.0.0.1:0", Mqtt = null, Mqtts = null, BoardRequestsPerSecond = 100_000, BoardMessagesPerSecond = 100_000, AttestEvery = TimeSpan.FromDays(1) };
        _app = VerifierApp.Build(options, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostLifetime, SilentLifetime>();
        });
        await _app.StartAsync(cancellation);
    }
}
