using IotAttest.Protocol;
using IotAttest.Simulator;

using nanoFramework.M2Mqtt.Messages;

using Xunit.Abstractions;

namespace IotAttest.Agent.Tests;

/// <summary>What one attestation allocates after the first, from the challenge to the result; .NET's count stands in for a board's.</summary>
public sealed class HeapTests(ITestOutputHelper output)
{
    private const int MaxBytes = 4096;

    [Fact]
    public void With_the_native_module_an_attestation_allocates_less_than_4_KiB()
    {
        NativeEvidenceSource source = new(new SilentModule());
        Assert.Equal(EvidenceStatus.Ok, source.Begin());

        Assert.InRange(Allocated("native", source), 1, MaxBytes);
    }

    [Fact]
    public void In_managed_code_an_attestation_allocates_less_than_4_KiB() =>
        Assert.InRange(Allocated("managed", Managed(new InventoryMeasurer(Inventory()))), 1, MaxBytes);

    [Fact]
    public void With_two_named_files_an_attestation_allocates_less_than_4_KiB()
    {
        MemoryFiles files = new();
        files.Put("settings.json", new byte[1000]);
        files.Put("calibration.bin", new byte[1000]);

        Assert.InRange(Allocated("managed, two files", Managed(new InventoryMeasurer(Inventory(), files, ["settings.json", "calibration.bin"]))), 1, MaxBytes);
    }

    private static InventoryText Inventory()
    {
        InventoryText text = new();
        for (int i = 0; i < 20; i++)
        {
            text.AddAssembly($"nanoFramework.Assembly{i}", "1.0.0.0");
        }

        return text;
    }

    private static ManagedEvidenceSource Managed(InventoryMeasurer measurer)
    {
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        EvidenceFacts facts = new() { Ueid = identity.Ueid, ClassId = new byte[16], OemId = 32473, SoftwareName = "Thermostat", SoftwareVersion = "1.2.0" };
        return new ManagedEvidenceSource(facts, new FakeBootState(), measurer, new HmacAuthenticator(identity.Ueid, identity.HmacKey));
    }

    // Everything of the agent but the call into the MQTT library: its packets are that library's.
    private long Allocated(string name, IEvidenceSource source)
    {
        using AutoResetEvent signal = new(false);
        AgentOptions options = TestOptions.With(changed => changed.EvidenceSource = source);
        Exchange exchange = new(options, new AttestationAgent(options), signal);
        Inbox inbox = new(signal, "challenge", "result", isEpoch: false);
        Attest(exchange, inbox, 1);

        byte[] challenge = Challenge(2);
        MqttMsgPublishEventArgs[] messages = Messages(challenge);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Attest(exchange, inbox, messages);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine($"{name}: {allocated} bytes");
        return allocated;
    }

    private static void Attest(Exchange exchange, Inbox inbox, byte number) => Attest(exchange, inbox, Messages(Challenge(number)));

    private static void Attest(Exchange exchange, Inbox inbox, MqttMsgPublishEventArgs[] messages)
    {
        inbox.OnPublishReceived(inbox, messages[0]);
        Assert.True(exchange.Prepare(inbox.TakeQuestion()));
        exchange.Payload();
        inbox.OnPublishReceived(inbox, messages[1]);
        Assert.True(exchange.ReadResult(inbox));
    }

    private static byte[] Challenge(byte number) => [.. Enumerable.Repeat(number, EvidenceProfile.NonceBytes)];

    private static MqttMsgPublishEventArgs[] Messages(byte[] challenge) =>
    [
        new("challenge", challenge, false, MqttQoSLevel.AtLeastOnce, false),
        new("result", TestResult.Of(challenge, "Conformant", otherMembers: 12), false, MqttQoSLevel.AtLeastOnce, false),
    ];

    private sealed class SilentModule : INativeModule
    {
        private int _steps;

        public int ReadUeid(byte[] ueid) => 0;

        public int Begin(byte[] challenge)
        {
            _steps = 0;
            return 0;
        }

        public int Step() => _steps++ < 100 ? 1 : 0;

        public int Finish(byte[] evidence) => 561;
    }
}
