using IotAttest.Domain.Corim;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.PublicRegistry;

/// <summary>What the verify page says of receipts and of files that carry one.</summary>
public sealed class ReceiptFileTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1", level: "basic"));
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Fact]
    public async Task A_signed_file_is_found_in_the_log_with_and_without_its_receipt()
    {
        CheckedFile plain = Inspect(await FileAsync("/v1/certificates/DEMO-1/corim"));
        CheckedFile transparent = Inspect(await FileAsync("/v1/certificates/DEMO-1/statement"));

        Assert.Equal(("certificate", "DEMO-1"), (plain.Kind, plain.Certificate));
        Assert.NotNull(plain.LogEntry);
        Assert.Equal((plain.Kind, plain.Certificate, plain.LogEntry, plain.Digest), (transparent.Kind, transparent.Certificate, transparent.LogEntry, transparent.Digest));
        Assert.True(transparent.Checks.Single(check => check.Name == "receipt").Holds);
        Assert.All(transparent.Checks, check => Assert.True(check.Holds, check.Name));
    }

    [Fact]
    public async Task A_manifest_with_its_receipt_is_known_as_the_build()
    {
        CheckedFile checkedFile = Inspect(await FileAsync($"/v1/builds/{_work.Manifest.CorimId}/statement"));

        Assert.Equal(("manifest", _work.Manifest.CorimId.ToString()), (checkedFile.Kind, checkedFile.Build));
        Assert.True(checkedFile.Checks.Single(check => check.Name == "receipt").Holds);
    }

    [Fact]
    public async Task A_receipt_alone_leads_to_what_it_is_about()
    {
        CheckedFile receipt = Inspect(await FileAsync("/v1/certificates/DEMO-1/receipt"));

        Assert.Equal(("receipt", "DEMO-1"), (receipt.Kind, receipt.Certificate));
        Assert.NotNull(receipt.LogEntry);
    }

    [Fact]
    public async Task A_receipt_whose_signature_was_changed_does_not_hold()
    {
        byte[] file = await FileAsync("/v1/certificates/DEMO-1/receipt");
        file[^1] ^= 1;

        CheckedFile receipt = Inspect(file);

        Assert.Equal((null, null), (receipt.Certificate, receipt.LogEntry));
        Assert.Contains(receipt.Checks, check => check is { Name: "receipt", Holds: false });
    }

    private CheckedFile Inspect(byte[] file) => _work.Verifier.Services.GetRequiredService<FileInspector>().Inspect(file, Sha256Digest.Of(file));

    private Task<byte[]> FileAsync(string path) => _work.Anybody.GetByteArrayAsync(new Uri(path, UriKind.Relative));
}
