using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>What makes the evidence of one boot: the native module, or managed code over the same flash.</summary>
internal sealed class BoardEvidence : IDisposable
{
    private readonly IDisposable?[] _parts;

    private BoardEvidence(IEvidenceSource source, params IDisposable?[] parts)
    {
        Source = source;
        _parts = parts;
    }

    public IEvidenceSource Source { get; }

    /// <exception cref="ArgumentException">The native module does not take a board of these options.</exception>
    public static BoardEvidence Create(SimulatedBoardOptions options) =>
        options.NativeLibrary is null ? Managed(options) : Native(options.NativeLibrary, options);

    public void Dispose()
    {
        foreach (IDisposable? part in _parts)
        {
            part?.Dispose();
        }
    }

    /// <summary>The claims of a board whose evidence managed code makes.</summary>
    internal static EvidenceFacts FactsOf(SimulatedBoardOptions options) => new()
    {
        Ueid = options.Identity.Ueid,
        ClassId = options.ClassId.ToByteArray(bigEndian: true),
        OemId = options.OemId,
        HardwareVersion = options.HardwareVersion,
        SoftwareName = options.SoftwareName,
        SoftwareVersion = options.SoftwareVersion,
        OemBoot = options.OemBoot,
        DebugStatus = options.DebugStatus,
    };

    private static BoardEvidence Native(NativeBoardLibrary library, SimulatedBoardOptions options)
    {
        NativeHostModule module = NativeHostModule.PowerOn(library, options.Flash!, options);
        return new BoardEvidence(new NativeEvidenceSource(module), module);
    }

    private static BoardEvidence Managed(SimulatedBoardOptions options)
    {
        IEvidenceAuthenticator? authenticator = options.IsKeyErased ? null : options.Identity.CreateAuthenticator();
        IMeasurer measurer = CreateMeasurer(options);
        ManagedEvidenceSource source = new(FactsOf(options), new BootCounter(options.DataFolder), measurer, authenticator);
        return new BoardEvidence(source, measurer as IDisposable, authenticator as IDisposable);
    }

    private static IMeasurer CreateMeasurer(SimulatedBoardOptions options)
    {
        if (options.Strength != EvidenceStrength.SelfReported)
        {
            return new FlashMeasurer(options.Flash!);
        }

        return new InventoryMeasurer(options.Inventory ?? InventoryText.OfThisBoard([typeof(AttestationAgent).Assembly, typeof(Topics).Assembly]));
    }
}
