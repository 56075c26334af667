using IotAttest.Agent;

namespace IotAttest.Simulator;

/// <summary>A board between switching on and off: one boot.</summary>
internal sealed class PoweredBoard : IDisposable
{
    private readonly BoardEvidence _evidence;
    private Thread? _thread;

    private PoweredBoard(AttestationAgent agent, BoardEvidence evidence)
    {
        Agent = agent;
        _evidence = evidence;
    }

    public AttestationAgent Agent { get; }

    /// <exception cref="ArgumentException">The agent refuses its options, or the native module such a board.</exception>
    public static PoweredBoard Create(SimulatedBoardOptions options)
    {
        BoardEvidence evidence = BoardEvidence.Create(options);
        AgentOptions agentOptions = AgentOptionsOf(options, evidence.Source);
        PoweredBoard powered = new(new AttestationAgent(agentOptions), evidence);
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
        _evidence.Dispose();
    }

    private static AgentOptions AgentOptionsOf(SimulatedBoardOptions options, IEvidenceSource source) => new()
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
        SilenceMs = (int)options.Silence.TotalMilliseconds,
        RepeatUntilResult = options.RepeatUntilResult,
    };
}
