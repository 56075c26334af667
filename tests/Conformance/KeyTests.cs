using System.Security.Cryptography;
using System.Text;
using IotAttest.Simulator;

namespace IotAttest.Conformance.Tests;

/// <summary>Keys that everybody knows, of both kinds; found from evidence alone, without the board's record.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task A_private_key_of_one_is_found_from_evidence_alone()
    {
        byte[] one = [.. new byte[31], 1];
        using ECDsa key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = one });
        BoardIdentity made = BoardIdentity.Create(BoardKeyType.P256);
        Finding finding = await WellKnownAsync(BoardIdentity.Of(made.UeidHex, made.Credential, null, key.ExportPkcs8PrivateKeyPem()));

        Assert.Equal((CheckOutcome.Fail, "the key is the private number 1"), (finding.Outcome, finding.Seen));
    }

    [Fact]
    public async Task A_key_made_of_the_ueid_is_found_from_evidence_alone()
    {
        BoardIdentity made = BoardIdentity.Create(BoardKeyType.Hmac);
        Finding finding = await WellKnownAsync(BoardIdentity.Of(made.UeidHex, made.Credential, SHA256.HashData(made.Ueid), null));

        Assert.Equal((CheckOutcome.Fail, "the key is the SHA-256 of the UEID"), (finding.Outcome, finding.Seen));
    }

    [Fact]
    public async Task A_key_made_of_a_word_is_found_and_never_printed()
    {
        BoardIdentity made = BoardIdentity.Create(BoardKeyType.Hmac);
        byte[] secret = SHA256.HashData(Encoding.ASCII.GetBytes("test"));
        Finding finding = await WellKnownAsync(BoardIdentity.Of(made.UeidHex, made.Credential, secret, null));

        Assert.Equal((CheckOutcome.Fail, "the key is the SHA-256 of 'test'"), (finding.Outcome, finding.Seen));
        Assert.DoesNotContain(Convert.ToHexString(secret), finding.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_board_whose_evidence_a_stolen_key_verifies_shares_its_key()
    {
        await using TestBench bench = TestBench.Start(Fault.OfSubject(subject => subject with { Key = DeviceKeyMaterial.OfSecret(new byte[32]), OtherKeys = [subject.Key!] }));

        Finding finding = await bench.RunAsync("key.shared");

        Assert.Equal((CheckOutcome.Fail, "the key of another board"), (finding.Outcome, finding.Seen));
    }

    private static async Task<Finding> WellKnownAsync(BoardIdentity identity)
    {
        await using TestBench board = TestBench.Start(identity);
        CheckContext context = new(board.Subject);
        ConformanceSubject files = new() { Kind = TargetKind.Evidence, Evidence = await context.SamplesAsync(CancellationToken.None) };
        ConformanceReport report = await ConformanceRun.RunAsync(files, [ConformanceSuite.Find("key")!], "1.2.3", null, CancellationToken.None);
        return report.Checks.Single(check => check.Id == "key.well-known").Finding;
    }
}
