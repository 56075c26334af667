using System.Globalization;
using IotAttest.Agent;
using IotAttest.Domain.Boards;
using IotAttest.Simulator;

namespace IotAttest.Cli.Simulation;

/// <summary>Any number of boards of one product; each has a folder of its own with identity, boot count and written flash pages.</summary>
internal sealed class SimulatedFleet : IDisposable
{
    private readonly SimulationPlan _plan;
    private readonly string _folder;
    private readonly ProductFlash? _flash;
    private readonly List<BoardIdentity> _identities = [];
    private readonly List<SimulatedBoard> _boards = [];

    public SimulatedFleet(SimulationPlan plan, string folder)
    {
        _plan = plan;
        _folder = folder;
        Directory.CreateDirectory(folder);
        _flash = plan.IsSelfReported ? null : ProductFlash.Create(Path.Combine(folder, "product.flash"), plan.Board, plan.Files);
    }

    /// <summary>The library whose C++ core makes the evidence; null when the C# encoder does.</summary>
    public string? NativeLibrary => _plan.NativeLibrary?.Path;

    public IReadOnlyList<BoardIdentity> Identities => _identities;

    /// <summary>Adds boards: those that an earlier run left in the folder, new ones for the rest.</summary>
    public void AddNumbered(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            string folder = Path.Combine(_folder, number.ToString("000000", CultureInfo.InvariantCulture));
            BoardIdentity? known = BoardIdentity.Load(folder);
            BoardIdentity identity = known ?? BoardIdentity.Create(_plan.KeyType);
            if (known is null)
            {
                identity.Save(folder);
            }

            Add(identity, folder);
        }
    }

    /// <summary>Adds a board that was provisioned elsewhere.</summary>
    public void AddProvisioned(BoardIdentity identity) => Add(identity, Path.Combine(_folder, identity.UeidHex));

    public void SwitchOn() => _boards.ForEach(board => board.Start());

    /// <summary>Flips a bit in the deployment of the first boards and restarts them.</summary>
    public void Tamper(int count)
    {
        int middle = _plan.Files[RegionNames.Deployment].Length / 2;
        byte changed = (byte)(_plan.Files[RegionNames.Deployment].Span[middle] ^ 1);
        foreach (SimulatedBoard board in _boards.Take(count))
        {
            board.WriteFlash(RegionNames.Deployment, middle, [changed]);
            board.Reboot();
        }
    }

    /// <summary>Where all boards stand now.</summary>
    public FleetCounts Count() => FleetCounts.Of(_boards);

    public void Dispose()
    {
        _boards.ForEach(board => board.RequestStop());
        _boards.ForEach(board => board.Dispose());
        _flash?.Dispose();
    }

    private void Add(BoardIdentity identity, string folder)
    {
        _identities.Add(identity);
        _boards.Add(new SimulatedBoard(new SimulatedBoardOptions
        {
            DataFolder = folder,
            Identity = identity,
            ClassId = _plan.Terms.ClassId,
            OemId = _plan.Terms.OemId,
            Flash = _flash?.ForBoard(folder),
            Strength = _plan.IsSelfReported ? EvidenceStrength.SelfReported : EvidenceStrength.Native,
            NativeLibrary = _plan.NativeLibrary,
            Inventory = _plan.Inventory,
            Freshness = _plan.Terms.Freshness == BoardEnrolmentTerms.Epoch ? FreshnessMode.Epoch : FreshnessMode.Challenge,
            Host = _plan.Host,
            Port = _plan.Port,
            UseTls = _plan.Ca is not null,
            CaCertificate = _plan.Ca,
        }));
    }
}
