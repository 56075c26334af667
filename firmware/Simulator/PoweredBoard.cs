using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>A board between switching on and off: one boot.</summary>
internal sealed class PoweredBoard : IDisposable
{
    private readonly IEvidenceAuthenticator _authenticator;
    private readonly IMeasurer _measurer;
    private Thread? _thread;

    private PoweredBoard(AttestationAgent agent, IMeasurer measurer, IEvidenceAuthenticator authenticator)
    {
        Agent = agent;
        _measurer = measurer;
        _authenticator = authenticator;
    }

    public AttestationAgent Agent { get; }

    /// <exception cref="ArgumentException">The agent refuses its options.</exception>
    public static PoweredBoard Create(SimulatedBoardOptions options)
    {
        IEvidenceAuthenticator authenticator = options.Identity.CreateAuthenticator();
        IMeasurer measurer = CreateMeasurer(options);
        BootCounter boot = new(options.DataFolder);
        AgentOptions agentOptions = AgentOptionsOf(options, new ManagedEvidenceSource(FactsOf(options), boot, measurer, authenticator));
        PoweredBoard powered = new(new AttestationAgent(agentOptions), measurer, authenticator);
        OptionsStatus status = agentOptions.Check();
        if (status != OptionsStatus.Ok)
        {
            powered.Dispose();
            throw new ArgumentException($"The agent refuses its options: {status}.", nameof(options));
        }

        return powered;
    }

    public void Start(int stackBytes)
    {
        _thread = new Thread(() => Agent.Run(), stackBytes) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        Agent.RequestStop();
        _thread?.Join();
        (_measurer as IDisposable)?.Dispose();
        (_authenticator as IDisposable)?.Dispose();
    }

    private static IMeasurer CreateMeasurer(SimulatedBoardOptions options)
    {
        if (options.Strength != EvidenceStrength.SelfReported)
        {
            return new FlashMeasurer(options.Flash!);
        }

        return new InventoryMeasurer(options.Inventory ?? InventoryText.OfThisBoard([typeof(AttestationAgent).Assembly, typeof(Topics).Assembly]));
    }

    private static EvidenceFacts FactsOf(SimulatedBoardOptions options) => new()
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

    private static AgentOptions AgentOptionsOf(SimulatedBoardOptions options, ManagedEvidenceSource source) => new()
    {
        Host = options.Host,
        Port = options.Port,
        UseTls = options.UseTls,
        CaCertificate = options.CaCertificate,
        Ueid = options.Identity.Ueid,
        Credential = options.Identity.Credential,
        Freshness = options.Freshness,
        EvidenceSource = source,
        KeepAliveSeconds = (int)options.KeepAlive.TotalSeconds,
        BackOffMinMs = (int)options.BackOffMin.TotalMilliseconds,
        BackOffMaxMs = (int)options.BackOffMax.TotalMilliseconds,
        ResultWaitMs = (int)options.ResultWait.TotalMilliseconds,
        HelloAgainMs = (int)options.HelloAgain.TotalMilliseconds,
        RepeatUntilResult = options.RepeatUntilResult,
    };
}
