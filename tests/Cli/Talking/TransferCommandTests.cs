using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Protocol;

namespace IotAttest.Cli.Tests.Talking;

public sealed class TransferCommandTests : IDisposable
{
    private const string First = "0100112233445566778899aabbccddeeff";
    private const string Second = "01ff112233445566778899aabbccddeeff";

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_transfer_is_signed_over_the_boards_of_a_file_ascending_and_each_once()
    {
        (await _line.RunAsync("key", "new", "--type", "es256", "--out", "@acme.pem")).Ended(0);
        using StubVerifier verifier = new(_ => (201, """{"id":"00112233445566778899aabbccddeeff","state":"Offered","boards":2}"""));
        string file = _line.Write("boards.txt", $"{Second}\n\n{{\"ueid\":\"{First}\",\"oemid\":1}}\n{Second}\n");

        CommandResult result = (await _line.RunAsync("device", "transfer", file, "--from", "acme", "--to", "city-grid", "--key", "@acme.pem", "--for", "7d", "--server", verifier.Url)).Ended(0);

        StubRequest request = Assert.Single(verifier.Requests);
        Assert.Equal("application/cose", request.ContentType);
        Assert.True(TransferStatement.TryDecode(request.Body, out CoseMessage? message, out Kid kid, out TransferStatement? statement, out DecodeStatus _));
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_line.PathOf("acme.pub.pem")));
        Assert.True(message.Verify(key));
        Assert.Equal(Kid.OfKey(key), kid);
        Assert.Equal(("acme", "city-grid", TimeSpan.FromDays(7)), (statement.From, statement.To, statement.ExpiresAt - statement.IssuedAt));
        Assert.Equal([First, Second], statement.Ueids);
        Assert.Contains("Offered", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01\n")]
    [InlineData("{\"ueid\":1}\n")]
    [InlineData("{\n")]
    public async Task A_file_that_names_no_boards_is_refused(string content)
    {
        (await _line.RunAsync("key", "new", "--type", "es256", "--out", "@acme.pem")).Ended(0);

        (await _line.RunAsync("device", "transfer", _line.Write("boards.txt", content), "--from", "acme", "--to", "city-grid", "--key", "@acme.pem")).Ended(2);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("withdraw")]
    public async Task An_offer_is_decided_about_with_a_reason(string decision)
    {
        const string Id = "00112233445566778899aabbccddeeff";
        using StubVerifier verifier = new(_ => (200, """{"id":"x","state":"y"}"""));

        (await _line.RunAsync("device", decision, Id, "--reason", "agreed", "--server", verifier.Url)).Ended(0);
        (await _line.RunAsync("device", decision, Id, "--server", verifier.Url)).Ended(2);
        (await _line.RunAsync("device", decision, "x", "--reason", "agreed", "--server", verifier.Url)).Ended(2);

        Assert.Equal($"POST /v1/transfers/{Id}/{decision}", Assert.Single(verifier.Requests).Line);
    }
}
