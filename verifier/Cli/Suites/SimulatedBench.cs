using System.Net;
using IotAttest.Cli.Simulation;
using IotAttest.Conformance;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Simulator;
using FreshnessMode = IotAttest.Domain.Devices.FreshnessMode;

namespace IotAttest.Cli.Suites;

/// <summary>A simulated board that is connected to the tool's own endpoint, and all that is known of it.</summary>
internal sealed class SimulatedBench : IAsyncDisposable
{
    private static readonly ConformanceTimes Times = new()
    {
        Answer = TimeSpan.FromSeconds(20),
        Quiet = TimeSpan.FromMilliseconds(300),
        Reconnect = TimeSpan.FromSeconds(30),
        Uptime = TimeSpan.FromSeconds(1.1),
    };

    private readonly ProductFlash _flash;
    private readonly EndpointLink _link;
    private readonly SimulatedBoard _board;

    private SimulatedBench(ConformanceSubject subject, BoardIdentity identity, ProductFlash flash, EndpointLink link, SimulatedBoard board)
    {
        Subject = subject;
        Identity = identity;
        _flash = flash;
        _link = link;
        _board = board;
    }

    public ConformanceSubject Subject { get; }

    public BoardIdentity Identity { get; }

    /// <summary>Makes the board and switches it on.</summary>
    /// <param name="product">What it is, and its builds.</param>
    /// <param name="identity">Its name and keys.</param>
    /// <param name="native">Has the C++ core make the evidence; null for the C# encoder.</param>
    /// <param name="folder">Where its flash lies.</param>
    /// <param name="clock">For the report.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<SimulatedBench> StartAsync(SuiteProduct product, BoardIdentity identity, NativeBoardLibrary? native, string folder, TimeProvider clock, CancellationToken cancellation)
    {
        EndpointLink link = await EndpointLink.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), identity.UeidHex, identity.Credential, cancellation);
        ProductFlash flash = ProductFlash.Create(Path.Combine(folder, "product.flash"), product.Board, product.Current.Files);
        SimulatedBoard board = new(new SimulatedBoardOptions
        {
            DataFolder = folder,
            Identity = identity,
            ClassId = product.Board.Class!.Value,
            OemId = product.Board.OemId!.Number!.Value,
            Flash = flash.ForBoard(folder),
            NativeLibrary = native,
            Port = link.Port,
        });
        board.Start();
        return new SimulatedBench(SubjectOf(product, identity, link, new SimulatedControl(board, product, native is not null), clock), identity, flash, link, board);
    }

    /// <summary>The key as enrolment knows it.</summary>
    public static DeviceKeyMaterial KeyOf(BoardIdentity identity) => identity.PublicPoint() is { X: { } x, Y: { } y }
        ? DeviceKeyMaterial.OfPoint(x, y)
        : DeviceKeyMaterial.OfSecret(identity.HmacKey);

    public async ValueTask DisposeAsync()
    {
        _board.Dispose();
        await _link.DisposeAsync();
        _flash.Dispose();
    }

    private static ConformanceSubject SubjectOf(SuiteProduct product, BoardIdentity identity, EndpointLink link, SimulatedControl control, TimeProvider clock)
    {
        DeviceKeyMaterial key = KeyOf(identity);
        return new ConformanceSubject
        {
            Kind = TargetKind.Simulated,
            Device = new DeviceIdentity(
                identity.UeidHex,
                (identity.KeyType == BoardKeyType.Hmac ? Kid.OfUeid(identity.Ueid) : KidOf(key)).Value,
                key.Kind,
                OemId.OfNumber(product.Board.OemId!.Number!.Value),
                product.Board.Class!.Value,
                Domain.Devices.EvidenceStrength.Native,
                FreshnessMode.Challenge,
                product.Current.Manifest.Manifest?.Issuer ?? ""),
            Key = key,
            OtherKeys = [KeyOf(BoardIdentity.Create(identity.KeyType))],
            Credential = identity.Credential,
            Manifest = product.Current.Manifest,
            Newer = product.Newer?.Manifest,
            Older = product.Older?.Manifest,
            Sbom = product.Sbom,
            FlashedDigests = FlashedDigests.Of(product.Board, product.Current.Files),
            Link = link,
            Control = control,
            Times = Times,
            Clock = clock,
        };
    }

    private static Kid KidOf(DeviceKeyMaterial key)
    {
        using System.Security.Cryptography.ECDsa point = EcdsaP256.TryFromCoordinates(key.X.Span, key.Y.Span)!;
        return Kid.OfKey(point);
    }
}
