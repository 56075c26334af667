using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>A change that shows on every board of a fleet without new evidence.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Path">The route it is posted to.</param>
/// <param name="Body">The JSON that is posted.</param>
/// <param name="Conformity">What every board is afterwards.</param>
internal sealed record FleetChange(string Name, string Path, object Body, string Conformity)
{
    private const string Vulnerability = "CVE-2099-0001";

    private static readonly string[] NoActions = ["none"];

    /// <summary>Certificate, advisory, policy and build, each by the way that people take, so that every one changes all boards.</summary>
    /// <param name="certificate">The one certificate.</param>
    /// <param name="build">The one build.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<FleetChange> All(string certificate, string build, DateTimeOffset now)
    {
        FleetChange suspend = Decide("suspend", certificate, "CertificateNotInForce", new { decision = "suspend", reason = "bench", actions = NoActions, until = Day(now.AddDays(30)) });
        FleetChange resume = Decide("resume", certificate, "Conformant", new { decision = "resume", reason = "bench", actionsVerified = true });
        return
        [
            suspend with { Name = "suspend, first of this process" },
            resume,
            suspend,
            resume,
            new("advisory", "/v1/advisories", Advisory(build, now), "Vulnerable"),
            new("policy", "/v1/policies", Policy(), "PendingCoverage"),
            new("retire the build", $"/v1/builds/{build}/retire", new { reason = "bench" }, "Drifted"),
        ];
    }

    private static FleetChange Decide(string name, string certificate, string conformity, object body) => new(name, $"/v1/certificates/{certificate}/decisions", body, conformity);

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // OpenVEX 0.2.0.
    private static Dictionary<string, object> Advisory(string build, DateTimeOffset now) => new()
    {
        ["@context"] = "https://openvex.dev/ns/v0.2.0",
        ["@id"] = "https://bench.example/vex/1",
        ["author"] = "bench",
        ["timestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["version"] = 1,
        ["statements"] = new[]
        {
            new Dictionary<string, object>
            {
                ["vulnerability"] = new { name = Vulnerability },
                ["products"] = new[] { new Dictionary<string, object> { ["@id"] = $"urn:uuid:{build}" } },
                ["status"] = "affected",
                ["action_statement"] = "none, this is a benchmark",
            },
        },
    };

    // Boards of the benchmark say nothing of secure boot.
    private static object Policy() => new
    {
        policy = new
        {
            id = "demo.substantial",
            version = 2,
            scheme = "demo",
            level = "substantial",
            minimumEvidenceStrength = "native",
            requiredBootFacts = new[] { "secureBoot" },
            allowedAlgorithms = new[] { "HMAC256", "ES256" },
        },
        reason = "bench",
    };
}
