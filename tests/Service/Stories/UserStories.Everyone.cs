using System.Text.Json;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Products;

namespace IotAttest.Service.Tests.Stories;

/// <summary>What everyone wants. Stories 12 and 13 have files of their own, 14 stands beside the gate, the page of 15 is in tests/Browser.</summary>
public sealed partial class UserStories
{
    [Fact]
    public async Task Story_15_Scan_the_label_all_that_the_page_shows_is_public_data_and_nothing_of_a_device()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate() with { Categories = ["thermostat"] });
        using HttpClient operation = work.Verifier.Operator();
        await operation.SetAsync(ProductAtWork.Description("2027-03-31"), 201);
        using TestBoard board = await new TestBoard(work.Verifier, isEs256: true).EnrolAsync();
        Assert.Equal("Conformant", (await board.AttestAsync(work.Measured)).Text("conformity"));

        JsonElement certificate = await work.ReadAsync();
        JsonElement product = await work.Anybody.GetJsonAsync(ProductAtWork.Path);

        // Above the fold: product, status, level and how it was assessed, date, end of support; then the summary; then the record.
        Assert.Equal(("Thermostat T2", "Keeps a room warm."), (product.Text("productName"), product.Text("summary")));
        Assert.Equal(("Certified", true), (certificate.Text("status"), certificate.GetProperty("inForce").GetBoolean()));
        Assert.Equal(("substantial", "reviewed"), (certificate.Text("level"), certificate.Text("evaluationType")));
        Assert.Equal(("2027-11-22T12:00:00Z", "2027-03-31"), (certificate.Text("validUntil"), certificate.Text("supportUntil")));
        Assert.All(["asOf", "statusSince", "validFrom", "holder", "body", "scheme", "build", "manifestSha256", "corimSha256"], name => Assert.NotEmpty(certificate.Text(name)));
        Assert.NotEmpty(await work.Anybody.GetByteArrayAsync(new Uri("/v1/certificates/DEMO-1/corim", UriKind.Relative)));
        Assert.Contains("/certificates/DEMO-1", await work.Anybody.GetStringAsync(new Uri("/v1/certificates/DEMO-1/qr.svg", UriKind.Relative)), StringComparison.Ordinal);

        // A withdrawn certificate still resolves and says so.
        await work.TakeAsync(new { decision = "withdraw", reason = "The holder asked for it" });
        Assert.Equal("Withdrawn", await work.StatusAsync());
        string[] secrets = [board.Ueid, board.Ueid.ToUpperInvariant(), Convert.ToHexStringLower(board.Kid), Convert.ToHexStringLower(board.BootSeed)];
        foreach (string path in Shown(work))
        {
            string text = await TextAsync(work.Anybody, path, "*/*");
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{path} names a device"));
        }
    }

    private static string[] Shown(BodyAtWork work) =>
    [
        "/v1/certificates/DEMO-1",
        "/v1/certificates/DEMO-1/history",
        "/v1/certificates/DEMO-1/live",
        "/v1/certificates/DEMO-1/recognitions",
        "/v1/certificates/DEMO-1/label.svg",
        "/v1/certificates/DEMO-1/qr.svg",
        $"/v1/builds/{work.Manifest.CorimId}",
        $"/v1/builds/{work.Manifest.CorimId}/coverage",
        ProductAtWork.Path,
        "/v1/search?q=DEMO-1",
        "/v1/registry/changes?since=0",
        "/v1/feed.atom",
        "/v1/export/certificates.csv",
        "/v1/export/certificates.jsonl",
        "/v1/log/entries",
        "/metrics",
    ];
}
