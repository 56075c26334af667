using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Builds;

/// <summary>CoRIMs of other tools, shown.</summary>
public sealed class BuildInspectTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public async Task A_CoRIM_of_another_tool_is_shown_line_by_line()
    {
        CommandResult result = (await _line.RunAsync("build", "inspect", File("ietf-corim/corim-2.cbor"))).Ended(0);

        Assert.Contains("id: 284e6c3e-5d9f-4f6b-851f-5a4247f243a7", result.Out, StringComparison.Ordinal);
        Assert.Contains("classId: uuid a71b3e38-8d45-4a05-81f3-52e58c832c5c", result.Out, StringComparison.Ordinal);
        Assert.Contains("model: WYLIE Coyote Trusted OS", result.Out, StringComparison.Ordinal);
        Assert.Contains("algorithm: sha-256", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
    }

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public async Task An_unknown_profile_is_shown_with_a_warning_that_nothing_may_be_relied_on()
    {
        CommandResult result = (await _line.RunAsync("build", "inspect", File("ietf-corim/corim-design-cd.cbor"), "--json")).Ended(0);

        Assert.False(result.Json.GetProperty("isProfileKnown").GetBoolean());
        Assert.Contains("warning: profile oid:6086480186f84d010f06 is not known", result.Error, StringComparison.Ordinal);
    }

    [RequiresSharedDataTheory("vectors/veraison-corim")]
    [InlineData("comid/testcases/comid-flags.cbor", 0)]
    [InlineData("profiles/cca/testcases/cca-realm-valid.cbor", 0)]
    [InlineData("profiles/cca/testcases/cca-realm-invalid-missing-rim.cbor", 1)]
    [InlineData("coev/testcases/ce-evidence.cbor", 1)]
    public async Task What_breaks_the_rules_of_its_profile_or_is_no_CoRIM_does_not_hold(string file, int exitCode) =>
        (await _line.RunAsync("build", "inspect", File($"veraison-corim/{file}"))).Ended(exitCode);

    [RequiresSharedDataFact("vectors/ietf-corim")]
    public async Task A_signature_around_it_is_passed_over()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = CoseSigner.Sign1(new byte[] { 0xa1, 0x01, 0x26 }, System.IO.File.ReadAllBytes(File("ietf-corim/corim-1.cbor")), key);

        CommandResult result = (await _line.RunAsync("build", "inspect", _line.Write("signed.corim", signed), "--json")).Ended(0);

        Assert.Equal("ACME Inc.", result.Json.GetProperty("comids")[0].GetProperty("triples").GetProperty("reference")[0].GetProperty("environment").GetProperty("vendor").GetString());
    }

    [Fact]
    public async Task Names_of_strangers_cannot_reach_the_terminal()
    {
        // {1: {0: "a"}, 4: {0: [[{0: {1: ESC "[2J"}}, [{1: {11: "x"}}]]]}}
        string file = _line.Write("x.corim", Convert.FromHexString("a201a100616104a1008182a100a101641b5b324a81a101a10b6178"));

        CommandResult result = (await _line.RunAsync("build", "inspect", file)).Ended(0);

        Assert.Contains("vendor:", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Out);
    }

    private static string File(string name) => SharedData.PathOf($"vectors/{name}");
}
