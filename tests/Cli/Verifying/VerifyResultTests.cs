using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Results;

namespace IotAttest.Cli.Tests.Verifying;

public sealed class VerifyResultTests : IDisposable
{
    private const string Board = "01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly CommandLine _line = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<bool> Forms => [true, false];

    public void Dispose()
    {
        _key.Dispose();
        _line.Dispose();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_result_holds_under_the_verifiers_key(bool isJwt)
    {
        CommandResult result = (await _line.RunAsync("verify", "result", WriteResult(isJwt), "--key", WriteKey(), "--json")).Ended(0);

        JsonElement firmware = result.Json.GetProperty("content").GetProperty("claims").GetProperty("submods").GetProperty("firmware");
        Assert.Equal("holds", result.Json.GetProperty("signature").GetString());
        Assert.Equal("Compromised", firmware.GetProperty("iotattest").GetProperty("conformity").GetString());
        Assert.Equal(33, firmware.GetProperty("ear_trustworthiness_vector").GetProperty("executables").GetInt32());
        Assert.Equal("warning", firmware.GetProperty("ear_status").GetString());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_result_of_another_board_does_not_pass(bool isJwt)
    {
        string file = WriteResult(isJwt);

        (await _line.RunAsync("verify", "result", file, "--key", WriteKey(), "--ueid", Board)).Ended(0);
        CommandResult other = (await _line.RunAsync("verify", "result", file, "--key", WriteKey(), "--ueid", Board.Replace('a', 'b'))).Ended(1);

        Assert.Contains("iotattest/ueid", other.Out + other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task People_see_conformity_conditions_advisories_and_components(bool isJwt)
    {
        CommandResult result = (await _line.RunAsync("verify", "result", WriteResult(isJwt), "--unsigned")).Ended(0);

        Assert.Contains("Compromised", result.Out, StringComparison.Ordinal);
        Assert.Contains("Vulnerable, ComponentNotInForce", result.Out, StringComparison.Ordinal);
        Assert.Contains("ACME-1, ACME-2", result.Out, StringComparison.Ordinal);
        Assert.Contains("deployment", result.Out, StringComparison.Ordinal);
        Assert.Contains("NOT CHECKED", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Another_key_does_not_hold(bool isJwt)
    {
        string path = WriteResult(isJwt);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        (await _line.RunAsync("verify", "result", path, "--key", _line.Write("other.pem", other.ExportSubjectPublicKeyInfoPem()))).Ended(1);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public async Task It_holds_up_to_its_expiry_and_not_after(int minutes, int exitCode)
    {
        string path = WriteResult(isJwt: true);
        string issuedAt = $"{_line.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss}Z";
        _line.Clock.Advance(TimeSpan.FromMinutes(minutes));

        CommandResult result = (await _line.RunAsync("verify", "result", path, "--unsigned")).Ended(exitCode);

        Assert.Equal(exitCode == 1, result.Error.Contains("exp:", StringComparison.Ordinal));
        (await _line.RunAsync("verify", "result", path, "--unsigned", "--at", issuedAt)).Ended(0);
    }

    [Theory]
    [InlineData("", "cwt")]
    [InlineData("abc", "jwt")]
    [InlineData("e30.e30.AA", "jwt/header/alg")]
    [InlineData("e30.e30", "jwt")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", "jwt/header/alg")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.W10.AA", "jwt/payload")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA", "eat_profile")]
    public async Task What_is_no_result_is_refused_by_its_part(string text, string path)
    {
        CommandResult result = (await _line.RunAsync("verify", "result", _line.Write("r", text), "--json")).Ended(1);

        Assert.Equal(path, result.Json.GetProperty("failures")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Every_truncation_of_a_cwt_is_refused()
    {
        byte[] whole = File.ReadAllBytes(WriteResult(isJwt: false));

        for (int length = 0; length < whole.Length; length += 7)
        {
            (await _line.RunAsync("verify", "result", _line.Write("cut", whole.AsSpan(0, length)))).Ended(1);
        }
    }

    private static MeasuredSet SetOf(byte seed) => new([new MeasuredComponent("deployment", SHA256.HashData([seed]))]);

    private string WriteKey() => _line.Write("verifier.pub.pem", _key.ExportSubjectPublicKeyInfoPem());

    private string WriteResult(bool isJwt)
    {
        Verdict verdict = new(
            Conformity.Compromised, Drift.UnknownMeasurement, null, [], SetOf(1), SetOf(2),
            EvidenceStrength.Native, new TrustVector(2, 2, 33, null), _line.Clock.GetUtcNow(), null, "default", new Guidance(StepCode.NothingToDo, [], ""))
        {
            Conditions = Conditions.Vulnerable | Conditions.ComponentNotInForce,
            Advisories = ["ACME-1", "ACME-2"],
        };
        AttestationResult result = new(Board, verdict, new byte[32], _line.Clock.GetUtcNow(), "0.1.0");
        return _line.Write("result", isJwt ? Encoding.ASCII.GetBytes(EarJwt.Sign(result, _key)) : EarCwt.Sign(result, _key));
    }
}
