using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Service.Registry.Dump;
using IotAttest.Service.Results;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed class DumpTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    private DumpClock Clock => _work.Verifier.Services.GetServices<IHostedService>().OfType<DumpClock>().Single();

    private DumpStore Store => _work.Verifier.Services.GetRequiredService<DumpStore>();

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1", level: "basic"));
        await Eventually.TrueAsync(() => Task.FromResult(Store.Find(null) is not null), "the first dump is made when the verifier starts");
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Fact]
    public async Task A_dump_holds_all_that_is_public_and_its_signature_covers_every_byte()
    {
        string date = NextDay();

        byte[] dump = await _work.Anybody.GetByteArrayAsync(new Uri("/v1/export/dump", UriKind.Relative));
        string[] jws = (await _work.Anybody.GetStringAsync(new Uri($"/v1/export/dump/{date}/signature", UriKind.Relative))).Split('.');

        ECDsa key = _work.Verifier.Services.GetRequiredService<VerifierKey>().Signer;
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{jws[0]}.{jws[1]}"), Base64Url.DecodeFromChars(jws[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jws[1]));
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(dump))}", claims.RootElement.Text("sha256"));
        Assert.Equal(date, claims.RootElement.Text("date"));
        string[] lines = Encoding.UTF8.GetString(dump).TrimEnd('\n').Split('\n');
        string[] types = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.Text("type"))];
        Assert.Equal("dump", types[0]);
        Assert.Equal("checkpoint", types[^1]);
        Assert.Equal(["dump", "certificate", "build", "event", "checkpoint"], types.Distinct());
        Assert.Contains("DEMO-1", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_dump_is_made_a_day_and_thirty_are_kept()
    {
        string first = Store.List()[0].Date;
        Assert.False(Clock.Look());
        for (int i = 0; i < DumpStore.MostKept - 1; i++)
        {
            NextDay();
        }

        Assert.Equal(DumpStore.MostKept, Store.List().Count);
        Assert.Equal(first, Store.List()[^1].Date);
        string newest = NextDay();
        Assert.Equal(DumpStore.MostKept, Store.List().Count);
        Assert.Equal(newest, Store.List()[0].Date);
        await _work.Anybody.GetAsync(new Uri($"/v1/export/dump/{first}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Theory]
    [InlineData("2026-13-01")]
    [InlineData("..")]
    [InlineData("..%2F..%2Foperator")]
    [InlineData("2026-11-22.jsonl")]
    [InlineData("latest")]
    public async Task Nothing_but_a_date_names_a_dump(string date) =>
        Assert.Equal(404, await _work.Anybody.GetAsync(new Uri($"/v1/export/dump/{date}", UriKind.Relative)).StatusAsync());

    // The service may be faster than this: what counts is that the dump is there.
    private string NextDay()
    {
        _work.Clock.Advance(TimeSpan.FromDays(1));
        Clock.Look();
        return Store.List()[0].Date;
    }
}
