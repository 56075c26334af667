using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Tests;
using IotAttest.Service.Tests.Advisories;
using IotAttest.Service.Tests.Certificates;
using IotAttest.Service.Tests.Products;
using IotAttest.Service.Tests.Reports;

namespace IotAttest.Browser.Tests;

/// <summary>Two weeks in the life of a product: certified, found vulnerable, mended, and its boards move to the mended build. What charts and the pictures of the docs show.</summary>
internal sealed class Showcase : IAsyncDisposable
{
    public const string First = "DEMO-2026-0001";

    /// <summary>For the build that most boards run in the end.</summary>
    public const string Second = "DEMO-2026-0002";

    private const int Boards = 40;
    private const int Days = 13;
    private const int AdvisoryDay = 4;
    private const int MovedPerDay = 5;
    private const int Quiet = 1;
    private const int Changed = 2;
    private const int Copied = 3;
    private const int Ahead = 4;

    private readonly List<TestBoard> _boards = [];

    private Showcase(BodyAtWork work) => Work = work;

    public BodyAtWork Work { get; }

    public Uri Address => Work.Verifier.Address;

    /// <summary>The integrator's.</summary>
    public HttpClient Grid { get; private set; } = null!;

    /// <summary>The build that mends, certified.</summary>
    public BuildManifest Mended { get; } = WithSbom("1.1.0", 2, SbomFiles.CycloneDx(("mbedtls", "3.6.1"), ("littlefs", "2.9.0")));

    /// <summary>The build after it, not certified yet.</summary>
    public BuildManifest Newest { get; } = WithSbom("1.2.0", 3, SbomFiles.CycloneDx(("mbedtls", "3.6.2"), ("cjson", "1.7.18")));

    public string Advisory { get; private set; } = "";

    public string ChangedBoard => _boards[Changed].Ueid;

    public static async Task<Showcase> StartAsync()
    {
        Showcase show = new(await BodyAtWork.StartAsync(options => options with { AttestEvery = TimeSpan.FromDays(1) }, ["sg-cls"]));
        BodyAtWork work = show.Work;
        show.Grid = await work.Verifier.OrganisationAsync("grid", "integrator");
        await work.Maker.SetAsync(ProductAtWork.Description(), 201);
        await work.IssueAsync(work.Certificate(First));
        await work.IssueAsync(work.Certificate("CLS-2026-0007", "sg-cls", "2") with { Categories = ["smart-home"] });
        await show.ReportAsync();
        await show.EnrolAsync();
        for (int day = 0; day < Days; day++)
        {
            await show.LiveAsync(day);
            work.Clock.Advance(TimeSpan.FromDays(1));
        }

        await show.AttestAsync(Days);
        return show;
    }

    public async ValueTask DisposeAsync()
    {
        _boards.ForEach(board => board.Dispose());
        Grid.Dispose();
        await Work.DisposeAsync();
    }

    private static BuildManifest WithSbom(string version, ulong securityVersion, byte[] sbom) =>
        SignedFiles.Manifest(version, securityVersion: securityVersion) with { Sbom = Sha256Digest.Of(sbom) };

    private static MeasuredSet Measured(BuildManifest manifest) => new(manifest.Components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));

    /// <summary>A laboratory stands behind a report in which all holds, the maker behind one in which something fails.</summary>
    private async Task ReportAsync()
    {
        using HttpClient laboratory = await Work.LaboratoryAsync();
        string route = $"/v1/builds/{Work.Manifest.CorimId}/reports";
        await laboratory.PostBytesAsync(route, ReportFiles.Bytes(Work.ManifestFile), "application/json").AssertStatusAsync(201);
        await Work.Maker.PostBytesAsync(route, ReportFiles.Bytes(Work.ManifestFile, isFailed: true), "application/json").AssertStatusAsync(201);
    }

    private async Task EnrolAsync()
    {
        for (int i = 0; i < Boards; i++)
        {
            TestBoard board = await new TestBoard(Work.Verifier, isEs256: true).EnrolAsync("owner", "grid");
            _boards.Add(board);
            await Grid.PutJsonAsync($"/v1/devices/{board.Ueid}/group", new { group = $"Hall {1 + (i % 4)}" }).AssertStatusAsync(200);
        }
    }

    private async Task LiveAsync(int day)
    {
        if (day == AdvisoryDay)
        {
            await MendAsync();
        }

        await AttestAsync(day);
    }

    /// <summary>The build is found vulnerable; the mended one is certified, and the next one submitted.</summary>
    private async Task MendAsync()
    {
        byte[] mended = await SubmitAsync(Mended, SbomFiles.CycloneDx(("mbedtls", "3.6.1"), ("littlefs", "2.9.0")));
        await SubmitAsync(Newest, SbomFiles.CycloneDx(("mbedtls", "3.6.2"), ("cjson", "1.7.18")));
        await Work.IssueAsync(SignedFiles.Certificate(mended, Mended, Work.Clock.GetUtcNow(), Second));
        string file = AdvisoryFiles.Csaf(score: 8.1, updatedAt: "2026-11-26T00:00:00Z", statuses: [("known_affected", $"urn:uuid:{Work.Manifest.CorimId}"), ("fixed", $"urn:uuid:{Mended.CorimId}")]);
        using HttpResponseMessage advisory = await Work.Body.PostTextAsync("/v1/advisories", file);
        Assert.True((int)advisory.StatusCode == 201, await advisory.Content.ReadAsStringAsync());
        Advisory = (await advisory.JsonAsync()).GetProperty("advisory").Text("id");
    }

    private async Task<byte[]> SubmitAsync(BuildManifest manifest, byte[] sbom)
    {
        byte[] file = await Work.SubmitBuildAsync(manifest);
        await Work.Maker.PostBytesAsync($"/v1/builds/{manifest.CorimId}/sbom", sbom, "application/vnd.cyclonedx+json").AssertStatusAsync(201);
        return file;
    }

    private async Task AttestAsync(int day)
    {
        for (int i = 0; i < _boards.Count; i++)
        {
            if (i == Quiet && day > 7)
            {
                continue;
            }

            if (i == Copied && day == 11)
            {
                _boards[i].BootCount--;
            }

            await _boards[i].AttestAsync(RunsOn(i, day));
        }
    }

    private MeasuredSet RunsOn(int board, int day) => board switch
    {
        Changed when day > 8 => Firmware.Tampered,
        Ahead when day > 10 => Measured(Newest),
        _ => Measured(_boards.Count - board <= (day - AdvisoryDay) * MovedPerDay ? Mended : Work.Manifest),
    };
}
