using System.Text.Json;

namespace IotAttest.Service.Tests.Certificates;

/// <summary>Applications of acme to demo-cb through the routes.</summary>
internal static class ApplicationAtWork
{
    /// <summary>What a manufacturer sends for the demonstration scheme.</summary>
    public static Dictionary<string, object> Request(string build, string level = "substantial", string scheme = "demo") => new()
    {
        ["body"] = "demo-cb",
        ["scheme"] = scheme,
        ["level"] = level,
        ["build"] = build,
        ["summaryPlain"] = "A sensor that tells the temperature: application-secret.",
        ["answers"] = scheme == "demo" ? Enumerable.Range(1, 6).Select(number => new { requirement = $"demo/D-{number}", claim = "yes" }).ToArray() : [],
    };

    public static Task<HttpResponseMessage> ApplyAsync(this BodyAtWork work, string level = "substantial", string scheme = "demo") =>
        work.Maker.PostJsonAsync("/v1/applications", Request(work.Manifest.CorimId.ToString(), level, scheme));

    /// <summary>Files an application and returns its number.</summary>
    public static async Task<string> AppliedAsync(this BodyAtWork work, string level = "substantial", string scheme = "demo")
    {
        using HttpResponseMessage response = await work.ApplyAsync(level, scheme);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    /// <summary>Files an application, has it taken into evaluation and returns its number.</summary>
    public static async Task<string> InEvaluationAsync(this BodyAtWork work, string level = "substantial", object? decision = null)
    {
        string id = await work.AppliedAsync(level);
        using HttpResponseMessage response = await work.JudgeAsync(id, decision ?? new { decision = "evaluate" });
        Assert.True((int)response.StatusCode == 200, await response.Content.ReadAsStringAsync());
        return id;
    }

    public static Task<HttpResponseMessage> JudgeAsync(this BodyAtWork work, string id, object decision, HttpClient? by = null) =>
        (by ?? work.Ann).PostJsonAsync($"/v1/applications/{id}/decisions", decision);

    public static Task<JsonElement> ApplicationAsync(this BodyAtWork work, string id) => work.Maker.GetJsonAsync($"/v1/applications/{id}");

    /// <summary>A laboratory, accredited for the demonstration scheme for 30 days.</summary>
    public static async Task<HttpClient> LaboratoryAsync(this BodyAtWork work, string name = "lab", params string[] scope)
    {
        HttpClient laboratory = await work.Verifier.OrganisationAsync(name, "laboratory");
        using HttpClient client = work.Verifier.Operator();
        object accreditation = new { number = "D-PL-1", scope = scope.Length == 0 ? ["demo"] : scope, until = Hosting.UtcText.Of(work.Clock.GetUtcNow().AddDays(30)) };
        Assert.Equal(200, await client.PostJsonAsync($"/v1/organisations/{name}/accreditation", accreditation).StatusAsync());
        return laboratory;
    }
}
