namespace IotAttest.Agent.Tests;

/// <summary>Who makes the evidence of a board, decided at start.</summary>
public sealed class EvidenceSourcesTests
{
    private static readonly byte[] Self = [0x01, .. Enumerable.Repeat((byte)0x11, 16)];

    private readonly FakeNativeModule _module = new();
    private readonly AgentOptions _options = new();
    private readonly DeviceState _state = new() { Ueid = Self, Key = new byte[32], Credential = "self", NativeCredential = "native" };
    private readonly RecordedSelfReport _selfReport = new();

    [Fact]
    public void With_a_module_its_identity_its_credential_and_its_evidence_are_used()
    {
        Assert.Equal(EvidenceStatus.Ok, Choose());

        Assert.Equal(_module.Ueid, _options.Ueid);
        Assert.Equal("native", _options.Credential);
        Assert.Equal(EvidenceSourceKind.Native, _options.EvidenceSource.Kind);
        Assert.Equal(EvidenceSourceKind.Native, new AttestationAgent(_options).SourceKind);
        Assert.Equal(0, _selfReport.Asked);
    }

    [Fact]
    public void Without_a_module_the_board_reports_itself()
    {
        _module.IsAbsent = true;

        Assert.Equal(EvidenceStatus.KeyMissing, Choose());
        Assert.Equal(1, _selfReport.Asked);
    }

    [Theory]
    [InlineData(2, EvidenceStatus.MeasurementFailed)]
    [InlineData(11, EvidenceStatus.BootStateLost)]
    [InlineData(18, EvidenceStatus.NotProvisioned)]
    [InlineData(99, EvidenceStatus.ModuleFailed)]
    public void A_module_that_is_there_and_fails_is_never_replaced(int error, EvidenceStatus expected)
    {
        _module.UeidAnswer = error;

        Assert.Equal(expected, Choose());
        Assert.Equal(0, _selfReport.Asked);
        Assert.Null(_options.EvidenceSource);
    }

    [Fact]
    public void A_board_that_must_have_the_module_says_that_it_is_missing()
    {
        _module.IsAbsent = true;

        Assert.Equal(EvidenceStatus.ModuleMissing, EvidenceSources.Choose(_module, _state, null, _options));
    }

    [Fact]
    public void One_ueid_for_both_identities_is_refused()
    {
        _state.Ueid = [.. _module.Ueid];

        Assert.Equal(EvidenceStatus.IdentityShared, Choose());
        Assert.Null(_options.Ueid);
    }

    [Fact]
    public void A_ueid_that_differs_in_its_last_byte_is_another()
    {
        _state.Ueid = [.. _module.Ueid];
        _state.Ueid[16] ^= 1;

        Assert.Equal(EvidenceStatus.Ok, Choose());
    }

    [Fact]
    public void A_native_board_needs_no_self_reported_identity()
    {
        DeviceState state = new() { NativeCredential = "native" };

        Assert.Equal(EvidenceStatus.Ok, EvidenceSources.Choose(_module, state, null, _options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_state_a_board_is_not_provisioned(bool isAbsent)
    {
        _module.IsAbsent = isAbsent;

        Assert.Equal(EvidenceStatus.NotProvisioned, EvidenceSources.Choose(_module, null, _selfReport, _options));
    }

    [Fact]
    public void The_credential_of_the_self_reported_identity_never_serves_the_native_one()
    {
        _state.NativeCredential = null;

        Assert.Equal(EvidenceStatus.NotProvisioned, Choose());
        Assert.Null(_options.Credential);
    }

    [Fact]
    public void Each_evidence_status_has_a_word_of_the_agent()
    {
        AgentStatus[] words = [.. Enum.GetValues<EvidenceStatus>().Where(status => status != EvidenceStatus.Ok).Select(AttestationAgent.StatusOf)];

        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.Equal(Enum.GetNames<EvidenceStatus>().Skip(1), words.Select(word => word.ToString()));
    }

    private EvidenceStatus Choose() => EvidenceSources.Choose(_module, _state, _selfReport, _options);

    private sealed class RecordedSelfReport : ISelfReport
    {
        public int Asked { get; private set; }

        public EvidenceStatus Fill(DeviceState state, AgentOptions options)
        {
            Asked++;
            return EvidenceStatus.KeyMissing;
        }
    }
}
