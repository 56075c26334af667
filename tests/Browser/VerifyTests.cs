using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Service.Tests;
using IotAttest.Support;
using Microsoft.Playwright;

namespace IotAttest.Browser.Tests;

/// <summary>The verify page, with and without JavaScript.</summary>
[Collection(Stage.Name)]
public sealed class VerifyTests(Stage stage)
{
    private static readonly byte[] Unknown = [.. Enumerable.Repeat((byte)7, 4096)];

    [RequiresToolFact(Chromium.Program)]
    public async Task With_JavaScript_only_the_digest_of_an_image_leaves_the_machine()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.Desktop);
        List<string> methods = [];
        visit.Page.Request += (_, request) => methods.Add(request.Method);
        await visit.GoAsync("/verify");

        await ChooseAsync(visit, "#image", "firmware.bin", Unknown);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look up image" }).ClickAsync();
        await visit.Page.ArrivesAsync("**/verify?q=sha256**");

        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Unknown)), await AnswerAsync(visit), StringComparison.Ordinal);
        Assert.DoesNotContain("POST", methods);
        Assert.Empty(visit.Complaints);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Without_JavaScript_an_image_is_hashed_by_the_server()
    {
        await using Visit visit = await stage.VisitAsync((await stage.FilledAsync()).Address, Look.Plain);
        await visit.GoAsync("/verify");

        await ChooseAsync(visit, "#image", "firmware.bin", Unknown);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look up image" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync(".answer");

        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Unknown)), await AnswerAsync(visit), StringComparison.Ordinal);
        Assert.Contains("Unknown here", await AnswerAsync(visit), StringComparison.Ordinal);
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task Every_kind_of_signed_file_is_named_and_checked()
    {
        FilledRegistry registry = await stage.FilledAsync();
        using HttpClient anybody = registry.Work.Verifier.Anybody();
        byte[] certificate = await anybody.GetByteArrayAsync(new Uri($"/v1/certificates/{FilledRegistry.Withdrawn}/corim", UriKind.Relative));
        byte[] record = await anybody.GetByteArrayAsync(new Uri($"/v1/certificates/{FilledRegistry.Withdrawn}/jwt", UriKind.Relative));
        byte[] forged = [.. certificate];
        forged[^1] ^= 1;
        using TestBoard board = new(registry.Work.Verifier);
        byte[] evidence = board.Evidence(new byte[32]);
        await using Visit visit = await stage.VisitAsync(registry.Address, Look.Phone);

        Assert.Contains("A build manifest", await SendAsync(visit, registry.Work.ManifestFile), StringComparison.Ordinal);
        string answer = await SendAsync(visit, certificate);
        Assert.Contains("A certificate", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Does not hold", answer, StringComparison.Ordinal);
        Assert.Contains("Does not hold", await SendAsync(visit, forged), StringComparison.Ordinal);
        Assert.Contains("A signed record", await SendAsync(visit, record), StringComparison.Ordinal);
        Assert.Contains("Evidence of a board", await SendAsync(visit, evidence), StringComparison.Ordinal);
        await visit.AssertAccessibleAsync("the answer about evidence");
        await SendAsync(visit, certificate);
        await visit.Page.GetByText("See how it stands today").ClickAsync();
        Assert.Equal("Withdrawn", await visit.Page.Locator(".statusbar .word").InnerTextAsync());
    }

    [RequiresToolFact(Chromium.Program)]
    public async Task A_digest_an_id_and_the_address_of_a_label_are_understood()
    {
        FilledRegistry registry = await stage.FilledAsync();
        await using Visit visit = await stage.VisitAsync(registry.Address, Look.Phone);
        ComponentDigest component = registry.Work.Manifest.Components[0];

        Assert.Contains("Covered", await AskAsync(visit, component.Digest.ToString()), StringComparison.Ordinal);
        Assert.Contains("Withdrawn", await AskAsync(visit, FilledRegistry.Withdrawn), StringComparison.Ordinal);
        Assert.Contains("Suspended", await AskAsync(visit, $"https://elsewhere.example/certificates/{FilledRegistry.Suspended}"), StringComparison.Ordinal);
        Assert.Contains("Nothing here matches", await AskAsync(visit, "no such thing"), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(Visit visit, string text)
    {
        await visit.GoAsync("/verify");
        await visit.Page.Locator("#q").FillAsync(text);
        await visit.Page.Locator("#q").PressAsync("Enter");
        await visit.Page.ArrivesAsync("**/verify?q=**");
        return await AnswerAsync(visit);
    }

    private static async Task<string> SendAsync(Visit visit, byte[] file)
    {
        await visit.GoAsync("/verify");
        await ChooseAsync(visit, "#signed", "file.bin", file);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check file" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync(".answer");
        return await AnswerAsync(visit);
    }

    private static Task ChooseAsync(Visit visit, string selector, string name, byte[] content) =>
        visit.Page.SetInputFilesAsync(selector, new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });

    private static Task<string> AnswerAsync(Visit visit) => visit.Page.Locator(".answer").InnerTextAsync();
}
