using IotAttest.Service.Tests;
using IotAttest.Support;
using Microsoft.Playwright;
namespace IotAttest.Browser.Tests;
public sealed class ShotTests
{
    [RequiresToolFact(Chromium.Program)]
    public async Task Shots()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        await using FilledRegistry registry = await FilledRegistry.StartAsync();
        string folder = Environment.GetEnvironmentVariable("SHOTS")!;
        foreach (Look look in new[] { Look.Desktop, Look.Dark, Look.Phone, Look.GermanPlain })
        {
            await using Visit visit = await Visit.StartAsync(chromium.Browser, registry.Address, look);
            foreach ((string name, string path) in new[] { ("search", "/"), ("certificate", "/certificates/" + FilledRegistry.InForce), ("suspended", "/certificates/" + FilledRegistry.Suspended), ("build", "/builds/" + registry.Work.Manifest.CorimId), ("verify", "/verify?q=" + registry.Work.Manifest.Components[1].Digest), ("recognition", "/recognition"), ("changes", "/changes"), ("data", "/data"), ("none", "/?q=nothing"), ("404", "/nowhere"), ("rtl", "/certificates/" + FilledRegistry.InForce + "?lang=ar-XB") })
            {
                if (name == "rtl" && look != Look.Phone && look != Look.Desktop) continue;
                IResponse r = await visit.GoAsync(path);
                await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{look.Name}.png"), FullPage = true });
                Console.WriteLine($"{name} {look.Name} {r.Status} {await visit.TransferredAsync()} {string.Join("; ", visit.Complaints)}");
                visit.Complaints.Clear();
                if (name=="404" || r.Status>=500) File.WriteAllText(Path.Combine(folder, $"{name}.html"), await visit.Page.ContentAsync());
            }
            foreach (string id in new[] { FilledRegistry.InForce, FilledRegistry.Suspended, FilledRegistry.Withdrawn })
            {
                string svg = await (await visit.GoAsync($"/v1/certificates/{id}/label.svg")).TextAsync();
                await visit.Page.SetContentAsync(svg.Replace("20mm", "400").Replace("26.8mm", "536"));
                await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"label-{id}-{look.Name}.png") });
            }
        }
    }
}
