using IotAttest.Simulator;

namespace IotAttest.Agent.Tests;

/// <summary>Agent options that hold, for tests that break one of them.</summary>
internal static class TestOptions
{
    public static AgentOptions Valid()
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        EvidenceFacts facts = new() { Ueid = identity.Ueid, ClassId = new byte[16], OemId = 32473 };
        return new AgentOptions
        {
            Host = "127.0.0.1",
            UseTls = false,
            Ueid = identity.Ueid,
            Credential = identity.Credential,
            EvidenceSource = new ManagedEvidenceSource(facts, new FakeBootState(), new InventoryMeasurer(new InventoryText()), null),
        };
    }

    public static AgentOptions With(Action<AgentOptions> change)
    {
        AgentOptions options = Valid();
        change(options);
        return options;
    }
}
