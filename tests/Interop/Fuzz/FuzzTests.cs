namespace IotAttest.Interop.Tests.Fuzz;

/// <summary>A short run of every fuzzer with address and undefined-behaviour checks; the invariants stand in the fuzzers.</summary>
[Collection(NativeTests.Name)]
public sealed class FuzzTests(FuzzBuild build) : IClassFixture<FuzzBuild>
{
    private const int Runs = 20_000;

    public static TheoryData<string> Names => [.. FuzzBuild.Names];

    [RequiresFuzzerTheory]
    [MemberData(nameof(Names))]
    public void Nothing_is_found_in_a_short_run(string name)
    {
        (int exitCode, string log) = build.Fuzz(name, Runs);

        Assert.True(exitCode == 0, log);
        Assert.Contains($"Done {Runs} runs", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fuzz_attester")]
    [InlineData("fuzz_cbor_writer")]
    [InlineData("fuzz_claims")]
    [InlineData("fuzz_identity_record")]
    [InlineData("fuzz_provisioning_line")]
    [InlineData("fuzz_provisioning_request")]
    [InlineData("fuzz_stm32_boot_log")]
    [InlineData("fuzz_stm32_key_sector")]
    public void What_the_module_reads_has_a_fuzzer(string name) => Assert.Contains(name, FuzzBuild.Names);
}
