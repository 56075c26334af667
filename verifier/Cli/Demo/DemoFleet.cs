using System.Globalization;
using IotAttest.Cli.Simulation;
using IotAttest.Simulator;

namespace IotAttest.Cli.Demo;

/// <summary>A dozen boards of three products, still switched off.</summary>
internal sealed class DemoFleet : IDisposable
{
    private readonly List<DemoBoard> _boards = [];
    private readonly List<byte[]> _records = [];
    private readonly List<ProductFlash> _flashes = [];
    private readonly string _folder;
    private readonly string _mqttHost;
    private readonly int _mqttPort;

    /// <summary>An empty fleet.</summary>
    /// <param name="folder">Where boards keep boot count and written flash pages.</param>
    /// <param name="mqtt">Address and port of the verifier for boards.</param>
    public DemoFleet(string folder, string mqtt)
    {
        _folder = folder;
        int colon = mqtt.LastIndexOf(':');
        _mqttHost = mqtt[..colon].Trim('[', ']');
        _mqttPort = int.Parse(mqtt.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<DemoBoard> Boards => _boards;

    /// <summary>The enrolment records of all boards.</summary>
    public IReadOnlyList<byte[]> Records => _records;

    public DemoBoard this[string name] => _boards.Single(board => board.Name == name);

    /// <summary>Adds boards whose flash holds a build; every second one has an HMAC key, the others P-256.</summary>
    public void AddNative(DemoProduct product, string version, int count)
    {
        ProductFlash flash = ProductFlash.Create(Path.Combine(_folder, $"{product.Code}.flash"), product.Board, product.FilesOf(version));
        _flashes.Add(flash);
        for (int number = 1; number <= count; number++)
        {
            string name = NameOf(product, number);
            BoardIdentity identity = BoardIdentity.Create(number % 2 == 0 ? BoardKeyType.P256 : BoardKeyType.Hmac);
            string folder = Path.Combine(_folder, name);
            Add(name, product, OptionsOf(product, identity, folder) with { Flash = flash.ForBoard(folder) }, BoardEnrolmentTerms.Native);
        }
    }

    /// <summary>Adds a board of stock firmware: it reports an inventory, because managed code cannot read program flash.</summary>
    public void AddSelfReported(DemoProduct product, string version)
    {
        string name = NameOf(product, 1);
        SimulatedBoardOptions options = OptionsOf(product, BoardIdentity.Create(BoardKeyType.Hmac), Path.Combine(_folder, name));
        Add(name, product, options with { Strength = EvidenceStrength.SelfReported, Inventory = product.InventoryOf(version) }, BoardEnrolmentTerms.SelfReported);
    }

    public void SwitchOn() => _boards.ForEach(board => board.Board.Start());

    public void Dispose()
    {
        _boards.ForEach(board => board.Board.RequestStop());
        _boards.ForEach(board => board.Dispose());
        _flashes.ForEach(flash => flash.Dispose());
    }

    private static string NameOf(DemoProduct product, int number) => string.Create(CultureInfo.InvariantCulture, $"{product.Code}-{number:00}");

    private void Add(string name, DemoProduct product, SimulatedBoardOptions options, string strength)
    {
        _boards.Add(new DemoBoard(name, product, new SimulatedBoard(options)));
        _records.Add(BoardEnrolment.RecordOf(
            options.Identity, new BoardEnrolmentTerms(product.ClassId, DemoProduct.OemId, strength, BoardEnrolmentTerms.Challenge, DemoNames.Manufacturer)));
    }

    private SimulatedBoardOptions OptionsOf(DemoProduct product, BoardIdentity identity, string folder) => new()
    {
        DataFolder = folder,
        Identity = identity,
        ClassId = product.ClassId,
        OemId = DemoProduct.OemId,
        Host = _mqttHost,
        Port = _mqttPort,
        BackOffMin = TimeSpan.FromMilliseconds(200),
        BackOffMax = TimeSpan.FromSeconds(2),
        HelloAgain = TimeSpan.FromSeconds(3),
    };
}
