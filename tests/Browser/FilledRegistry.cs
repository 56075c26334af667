using IotAttest.Domain.Evidence;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Products;

namespace IotAttest.Browser.Tests;

/// <summary>Verifiers with something to see, each made once when a test first asks for it.</summary>
internal sealed class FilledRegistry : IAsyncDisposable
{
    /// <summary>In force, with boards that report.</summary>
    public const string InForce = "DEMO-2026-0001";

    public const string Suspended = "DEMO-2026-0002";

    public const string Withdrawn = "DEMO-2026-0003";

    public const string Tested = "DEMO-2026-0004";

    private FilledRegistry(BodyAtWork work) => Work = work;

    public BodyAtWork Work { get; }

    public Uri Address => Work.Verifier.Address;

    /// <summary>The id of an advisory that marks the build affected.</summary>
    public string Advisory { get; private set; } = "";

    /// <summary>The number of an appeal about the suspended certificate.</summary>
    public string Appeal { get; private set; } = "";

    /// <summary>The number of an application in evaluation.</summary>
    public string Application { get; private set; } = "";

    /// <summary>The incident of the manufacturer about the advisory.</summary>
    public string Incident { get; private set; } = "";

    public List<string> Ueids { get; } = [];

    public static async Task<FilledRegistry> StartAsync()
    {
        FilledRegistry registry = new(await BodyAtWork.StartAsync());
        BodyAtWork work = registry.Work;
        await work.IssueAsync(work.Certificate(InForce));
        await work.IssueAsync(work.Certificate(Suspended, level: "basic"));
        await work.TakeAsync(new { decision = "suspend", reason = "The update server accepts old versions.", actions = new[] { "Refuse downgrades", "Report to the body within 14 days" } }, Suspended);
        await work.IssueAsync(work.Certificate(Withdrawn));
        await work.TakeAsync(new { decision = "withdraw", reason = "The holder asked for it: the product is no longer sold." }, Withdrawn);
        await work.IssueAsync(work.Certificate(Tested, level: "high") with { Categories = ["smart-home"] });
        await registry.DescribeAsync();
        await registry.EnrolAsync();
        return registry;
    }

    public async ValueTask DisposeAsync() => await Work.DisposeAsync();

    /// <summary>A product whose support ends soon, an advisory about its build, an accredited laboratory, and something in evaluation.</summary>
    private async Task DescribeAsync()
    {
        await Work.Maker.SetAsync(ProductAtWork.Description("2027-01-15"), 201);
        using HttpResponseMessage advisory = await Work.Body.PostTextAsync("/v1/advisories", AdvisoryFiles.Affected($"urn:uuid:{Work.Manifest.CorimId}", 8.1));
        Assert.True((int)advisory.StatusCode == 201, await advisory.Content.ReadAsStringAsync());
        Advisory = (await advisory.JsonAsync()).GetProperty("advisory").Text("id");
        (await Work.LaboratoryAsync()).Dispose();
        Application = await Work.InEvaluationAsync(decision: new { decision = "evaluate", isPublic = true });
        using HttpResponseMessage appeal = await Work.Maker.PostJsonAsync("/v1/cases", new { type = "appeal", certificate = Suspended, decision = 2, summary = "Old versions are refused since release 1.0.0." });
        Assert.True((int)appeal.StatusCode == 201, await appeal.Content.ReadAsStringAsync());
        Appeal = (await appeal.JsonAsync()).Text("id");
        using HttpResponseMessage incident = await Work.Maker.PostJsonAsync($"/v1/advisories/{Advisory}/exploited", new { reason = "Seen in the field." });
        Assert.True((int)incident.StatusCode == 201, await incident.Content.ReadAsStringAsync());
        Incident = (await incident.JsonAsync()).Text("id");
    }

    private async Task EnrolAsync()
    {
        MeasuredSet certified = new(Work.Manifest.Components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));
        for (int i = 0; i < 26; i++)
        {
            using TestBoard board = new(Work.Verifier, isEs256: true);
            await board.EnrolAsync();
            await board.AttestAsync(certified);
            Ueids.Add(board.Ueid);
            Work.Clock.Advance(TimeSpan.FromSeconds(1));
            if (i < 12)
            {
                await board.AttestAsync(Firmware.Tampered);
            }
        }
    }
}
