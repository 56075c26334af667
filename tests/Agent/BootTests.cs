using IotAttest.Simulator;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>The boot count: durable before the first evidence, never the same twice.</summary>
public sealed class BootTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-boot").FullName;

    private string CountFile => Path.Combine(_folder, BootCounter.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_boot_is_number_one_and_each_later_one_higher()
    {
        Assert.Equal(1, Boot());
        Assert.Equal(2, Boot());
        Assert.Equal(3, Boot());
    }

    [Fact]
    public void Asking_again_in_the_same_boot_changes_nothing()
    {
        BootCounter boot = new(_folder);

        Assert.True(boot.TryBegin());
        Assert.True(boot.TryBegin());

        Assert.Equal(1, boot.BootCount);
        Assert.Equal("1", File.ReadAllText(CountFile));
    }

    [Fact]
    public void Power_lost_between_writing_and_renaming_leaves_the_old_count_and_the_next_boot_grows_from_it()
    {
        Boot();
        File.WriteAllText(CountFile + DurableFile.TemporarySuffix, "2");

        Assert.Equal(2, Boot());
        Assert.False(File.Exists(CountFile + DurableFile.TemporarySuffix));
    }

    [Fact]
    public void Power_lost_while_writing_leaves_half_a_file_that_nobody_reads()
    {
        Boot();
        File.WriteAllText(CountFile + DurableFile.TemporarySuffix, "");

        Assert.Equal(2, Boot());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    public void A_damaged_count_yields_no_boot_and_not_a_count_used_before(string content)
    {
        File.WriteAllText(CountFile, content);

        Assert.False(new BootCounter(_folder).TryBegin());
        Assert.Equal(content, File.ReadAllText(CountFile));
    }

    [Fact]
    public void A_source_whose_boot_count_is_not_durable_gives_no_evidence()
    {
        FakeBootState boot = new() { IsDurable = false };
        BoardIdentity identity = BoardIdentity.Create(BoardKeyType.Hmac);
        using HmacAuthenticator authenticator = new(identity.Ueid, identity.HmacKey);
        EvidenceFacts facts = new() { Ueid = identity.Ueid, ClassId = new byte[16] };
        ManagedEvidenceSource source = new(facts, boot, new InventoryMeasurer(new InventoryText()), authenticator);
        byte[] output = new byte[2048];

        Assert.Equal(EvidenceStatus.BootStateLost, source.Produce(new byte[32], output, out int length));
        Assert.Equal(0, length);

        boot.IsDurable = true;
        Assert.Equal(EvidenceStatus.Ok, source.Produce(new byte[32], output, out length));
        Assert.InRange(length, 1, 260);
    }

    [RequiresToolFact("mosquitto")]
    public void A_reboot_shows_in_evidence_as_a_higher_count_and_a_new_seed()
    {
        using Mosquitto broker = new();
        using TestVerifier verifier = new(broker.Port) { ChallengesOnHello = true };
        using TestBoard board = new(broker.Port);

        board.Board.Start();
        DecodedEvidence before = new(verifier.NextEvidence());
        board.Board.Reboot();
        DecodedEvidence after = new(verifier.NextEvidence());

        Assert.Equal((1, 2), (before.BootCount, after.BootCount));
        Assert.NotEqual(before.BootSeed, after.BootSeed);
    }

    [Fact]
    public void An_agent_without_a_key_says_so_and_does_not_connect()
    {
        List<AgentStatus> statuses = [];
        AttestationAgent agent = new(TestOptions.Valid());
        agent.StatusChanged += (sender, status, _) =>
        {
            statuses.Add(status);
            sender.RequestStop();
        };

        Assert.Equal(OptionsStatus.Ok, agent.Run());

        Assert.Equal([AgentStatus.KeyMissing, AgentStatus.Stopped], statuses);
    }

    private long Boot()
    {
        BootCounter boot = new(_folder);
        Assert.True(boot.TryBegin());
        return boot.BootCount;
    }
}
