using System.Buffers.Text;
using System.Text.Json;
using IotAttest.Agent;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>docs/adr/0014: what <c>device provision --state-dir</c> writes is what a board starts from.</summary>
public sealed class DeviceStateFolderTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] SelfReported = ["--strength", "self-reported", "--state-dir", "@states"];
    private static readonly string[] Native = ["--strength", "native", "--state-dir", "@states"];

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_self_reported_board_reads_its_name_key_and_credential_back()
    {
        (await ProvisionAsync(SelfReported)).Ended(0);

        foreach (JsonElement record in Records())
        {
            DeviceState state = Load(record);
            Assert.Equal(Text(record, "ueid"), Ueid.ToHex(state.Ueid));
            Assert.Equal(Base64Url.DecodeFromChars(Text(record.GetProperty("key"), "k")), state.Key);
            Assert.Equal((Text(record, "credential"), null, 0), (state.Credential, state.NativeCredential, state.BootCount));
        }
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("es256")]
    public async Task A_board_with_the_native_module_reads_its_credential_and_there_is_no_key(string keyType)
    {
        (await ProvisionAsync([.. Native, "--key-type", keyType])).Ended(0);

        foreach (JsonElement record in Records())
        {
            DeviceState state = Load(record);
            Assert.Equal((Text(record, "credential"), null), (state.NativeCredential, state.Credential));
            Assert.Null(state.Ueid);
            Assert.Null(state.Key);
            AgentOptions options = new();
            Assert.Equal(EvidenceStatus.Ok, EvidenceSources.Choose(new NamedModule(Ueid.FromHex(Text(record, "ueid"))), state, null, options));
            Assert.Equal(state.NativeCredential, options.Credential);
        }
    }

    [Fact]
    public async Task There_are_two_whole_files_for_each_board_and_only_their_owner_reads_them()
    {
        CommandResult result = (await ProvisionAsync(SelfReported)).Ended(0);

        Assert.Contains("states", result.Out, StringComparison.Ordinal);
        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(_line.PathOf("states")));
        Assert.Equal(Records().Select(record => Text(record, "ueid")).Order(), Directory.GetDirectories(_line.PathOf("states")).Select(Path.GetFileName).Order());
        foreach (string folder in Directory.GetDirectories(_line.PathOf("states")))
        {
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
            Assert.Equal([DeviceStateStore.FirstFile, DeviceStateStore.SecondFile], files.Select(Path.GetFileName));
            Assert.All(files, file => Assert.Equal((OwnerFile, 235), (File.GetUnixFileMode(file), new FileInfo(file).Length)));
        }
    }

    [Theory]
    [InlineData(DeviceStateStore.FirstFile)]
    [InlineData(DeviceStateStore.SecondFile)]
    public async Task One_of_the_two_files_is_enough_and_a_boot_count_is_skipped(string lost)
    {
        (await ProvisionAsync(SelfReported)).Ended(0);
        JsonElement record = Records()[0];
        File.Delete(Path.Combine(FolderOf(record), lost));

        DeviceState state = Load(record);

        Assert.Equal((Text(record, "ueid"), 1), (Ueid.ToHex(state.Ueid), state.BootCount));
    }

    [Fact]
    public async Task A_board_starts_from_it_counts_its_boots_and_makes_evidence_that_holds()
    {
        (await ProvisionAsync(SelfReported)).Ended(0);
        JsonElement record = Records()[1];

        Assert.Equal([1UL, 2UL, 3UL], [Boot(record), Boot(record), Boot(record)]);
    }

    [Fact]
    public async Task Nobody_gets_device_states_who_did_not_ask()
    {
        (await ProvisionAsync()).Ended(0);

        Assert.Empty(Directory.GetDirectories(_line.Folder));
    }

    [Fact]
    public async Task The_report_for_programs_names_the_folder() =>
        Assert.Equal(_line.PathOf("states"), Text(JsonElement.Parse((await ProvisionAsync([.. SelfReported, "--json"])).Ended(0).Out), "states"));

    [Fact]
    public async Task An_empty_folder_is_taken_and_shut()
    {
        Directory.CreateDirectory(_line.PathOf("states"), OwnerFile | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        (await ProvisionAsync(Native)).Ended(0);

        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(_line.PathOf("states")));
    }

    [Fact]
    public async Task Boards_of_two_runs_never_share_a_folder_not_even_by_force()
    {
        (await ProvisionAsync(Native)).Ended(0);

        CommandResult result = (await ProvisionAsync([.. Native, "--force"])).Ended(2);

        Assert.Contains("no empty folder", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(_line.PathOf("states")).Length);
    }

    [Theory]
    [InlineData("self-reported and --key-type es256", "--strength", "self-reported", "--key-type", "es256", "--state-dir", "@states")]
    [InlineData("no empty folder", "--state-dir", "@my-board.json")]
    [InlineData("one file named twice", "--state-dir", "@line.jsonl")]
    public async Task What_cannot_be_is_refused_before_anything_is_made(string seen, params string[] words)
    {
        CommandResult result = (await ProvisionAsync(words)).Ended(2);

        Assert.Contains(seen, result.Error, StringComparison.Ordinal);
        Assert.Equal([_line.PathOf("my-board.json")], Directory.GetFileSystemEntries(_line.Folder));
    }

    // As firmware/Boards/Start does it on a board without the module; the count that the verifier sees.
    private ulong Boot(JsonElement record)
    {
        DeviceStateStore store = StoreOf(record);
        Assert.Equal(StateStatus.Ok, store.Load(out DeviceState state));
        EvidenceFacts facts = new() { ClassId = Guid.Parse(Text(record, "class")).ToByteArray(bigEndian: true), OemId = 32473 };
        SelfReport report = new(store, facts, new InventoryMeasurer(InventoryText.OfThisBoard([typeof(AttestationAgent).Assembly])));
        AgentOptions options = new();
        byte[] evidence = new byte[EvidenceProfile.MaxEvidenceBytes];
        Assert.Equal(EvidenceStatus.Ok, EvidenceSources.Choose(new NamedModule(null), state, report, options));
        Assert.Equal(EvidenceStatus.Ok, options.EvidenceSource.Begin());
        Assert.Equal(EvidenceStatus.Ok, options.EvidenceSource.Produce(new byte[EvidenceProfile.NonceBytes], evidence, out int length));
        return Verify(record, evidence[..length]).Counters.BootCount;
    }

    private static DecodedClaims Verify(JsonElement record, byte[] evidence)
    {
        Assert.Null(EvidenceCheck.Decode(evidence, out EvidenceEnvelope? envelope, out DecodedClaims? claims));
        DeviceIdentity device = new(
            Text(record, "ueid"), envelope!.Kid.Value, DeviceKeyKind.Hmac, OemId.OfNumber(32473), Guid.Parse(Text(record, "class")), EvidenceStrength.SelfReported,
            Domain.Devices.FreshnessMode.Challenge, "acme");
        HmacDeviceKey key = new(Base64Url.DecodeFromChars(Text(record.GetProperty("key"), "k")));
        Assert.Null(EvidenceCheck.Verify(envelope, claims!, device, key, Fresh, out VerifiedEvidence? verified));
        Assert.False(verified!.HasClaimMismatch);
        return claims!;
    }

    private static Refusal? Fresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp)
    {
        stamp = default;
        return null;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private DeviceState Load(JsonElement record)
    {
        Assert.Equal(StateStatus.Ok, StoreOf(record).Load(out DeviceState state));
        return state;
    }

    private DeviceStateStore StoreOf(JsonElement record) => new(new FileStore(FolderOf(record) + Path.DirectorySeparatorChar));

    private string FolderOf(JsonElement record) => _line.PathOf(Path.Combine("states", Text(record, "ueid")));

    private JsonElement[] Records() => [.. File.ReadAllLines(_line.PathOf("line.jsonl")).Select(line => JsonElement.Parse(line))];

    private async Task<CommandResult> ProvisionAsync(params string[] more)
    {
        if (!File.Exists(_line.PathOf("my-board.json")))
        {
            (await _line.RunAsync("board", "new-class", "--board", ProductFiles.Hardware($"{ProductFiles.Stm32}/board.json"), "--oemid", "32473", "--out", "@my-board.json")).Ended(0);
        }

        return await _line.RunAsync(["device", "provision", "--count", "2", "--board", "@my-board.json", "--organisation", "acme", "--out", "@line.jsonl", .. more]);
    }

    /// <summary>A native module that knows its name and nothing else; without a name there is none.</summary>
    private sealed class NamedModule(byte[]? name) : INativeModule
    {
        public int ReadUeid(byte[] ueid)
        {
            (name ?? throw new NotSupportedException()).CopyTo(ueid, 0);
            return 0;
        }

        public int Begin(byte[] challenge) => throw new NotSupportedException();

        public int Step() => throw new NotSupportedException();

        public int Finish(byte[] evidence) => throw new NotSupportedException();
    }
}
