using System.Globalization;
using System.Text.RegularExpressions;
using IotAttest.Service.Surveillance;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.Stories;

/// <summary>The body's desk on a fleet of a thousand boards.</summary>
public sealed class Story01SeeLiveConformityTests
{
    private const int Boards = 1000;
    private const int Other = 37;
    private const string Id = "DEMO-1";

    [Fact]
    public async Task Story_01_See_live_conformity_of_what_I_certified_on_the_desk()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate(Id));
        using SignedIn body = await SignedIn.InAsync(work.Verifier, work.Ann.DefaultRequestHeaders.Authorization!.Parameter!);
        string[] ueids = await RunAsync(work);
        work.Clock.Advance(SurveillanceReport.Age);

        string page = await body.Http.GetStringAsync(new Uri($"/desk/body/certificates/{Id}", UriKind.Relative));
        string csv = await body.Http.GetStringAsync(new Uri($"/desk/body/certificates/{Id}/surveillance.csv", UriKind.Relative));

        Assert.Equal(("963", "37"), (Shown(page, "conformant"), Shown(page, "drifted")));
        Assert.Equal("37", Shown(page, "UnknownMeasurement"));
        Assert.Equal("1,000", Shown(page, "hour"));
        Dictionary<string, string> exported = Lines(csv);
        Assert.Equal(("1000", "963", "37", "37", "1000"), (exported["all boards"], exported["group conformant"], exported["group drifted"], exported["drift UnknownMeasurement"], exported["age hour"]));
        Assert.All(exported.Where(line => line.Key.StartsWith("group ", StringComparison.Ordinal)), line => Assert.Equal(line.Value, Shown(page, line.Key[6..]).Replace(",", "", StringComparison.Ordinal)));
        Assert.Contains("data-value=\"963\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ueids, ueid => page.Contains(ueid, StringComparison.OrdinalIgnoreCase) || csv.Contains(ueid, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Another_body_sees_no_number()
    {
        await using BodyAtWork work = await BodyAtWork.StartAsync();
        await work.IssueAsync(work.Certificate(Id));
        using HttpClient rival = await work.Verifier.OrganisationAsync("rival", "body");

        await rival.GetAsync(new Uri($"/desk/body/certificates/{Id}/surveillance.csv", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
    }

    private static async Task<string[]> RunAsync(BodyAtWork work)
    {
        string[] ueids = new string[Boards];
        await Parallel.ForAsync(0, Boards, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            using TestBoard board = new(work.Verifier);
            await board.EnrolAsync();
            await board.AttestAsync(number < Other ? Firmware.Tampered : work.Measured);
            ueids[number] = board.Ueid;
        });
        return ueids;
    }

    private static string Shown(string page, string name) => Regex.Match(page, $"data-name=\"{name}\".*?class=\"number\">([^<]+)<", RegexOptions.Singleline).Groups[1].Value;

    private static Dictionary<string, string> Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => line.Split(','))
        .Where(fields => fields[3] != "trend")
        .ToDictionary(fields => $"{fields[3]} {fields[4]}", fields => long.Parse(fields[5], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
}
