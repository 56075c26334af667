using System.Text.Json.Nodes;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Results;
using IotAttest.Protocol;

namespace IotAttest.Cli.Checks;

/// <summary>Holds the claims of a result to the EAR profile and names the first part of each that fails.</summary>
internal static class ResultCheck
{
    private const string Advice = "ask the verifier for a new result";

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);
    private static readonly string[] Times = ["iat", "exp"];
    private static readonly string[] StatusWords = ["none", "affirming", "warning", "contraindicated"];

    public static void Check(CheckReport report, JsonObject claims, DateTimeOffset at)
    {
        RequireText(report, claims, "eat_profile", text => text == AttestationResult.Profile, AttestationResult.Profile);
        RequireText(report, claims, "ear_status", StatusWords.Contains, string.Join(", ", StatusWords));
        CheckTimes(report, claims, at);
        if (Find(claims, $"submods/{EarLabel.Firmware}") is not JsonObject firmware)
        {
            report.Fail(new CheckFailure($"submods/{EarLabel.Firmware}", "no submodule", "the appraisal of the firmware", Advice));
            return;
        }

        string? whole = TextOf(claims, "ear_status");
        RequireText(report, claims, $"submods/{EarLabel.Firmware}/ear_status", text => text == whole, $"\"{whole}\", as the whole result says");
        RequireText(report, claims, $"submods/{EarLabel.Firmware}/iotattest/conformity", word => Enum.GetNames<Conformity>().Contains(word), "a conformity word");
        if (firmware["ear_trustworthiness_vector"] is not JsonObject)
        {
            report.Fail(new CheckFailure($"submods/{EarLabel.Firmware}/ear_trustworthiness_vector", "no vector", "the trust vector", Advice));
        }
    }

    /// <summary>The member at a path of names joined by slashes, or null.</summary>
    public static JsonNode? Find(JsonObject claims, string path)
    {
        JsonNode? found = claims;
        foreach (string name in path.Split('/'))
        {
            found = (found as JsonObject)?[name];
        }

        return found;
    }

    /// <summary>The text at a path, or null for anything else.</summary>
    public static string? TextOf(JsonObject claims, string path) => Find(claims, path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The time at a path, or null when there is none in range.</summary>
    public static DateTimeOffset? TimeOf(JsonObject claims, string path) =>
        Find(claims, path) is JsonValue value && value.TryGetValue(out long seconds) && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static void CheckTimes(CheckReport report, JsonObject claims, DateTimeOffset at)
    {
        DateTimeOffset? issued = TimeOf(claims, "iat");
        DateTimeOffset? expires = TimeOf(claims, "exp");
        foreach (string name in Times.Where(name => TimeOf(claims, name) is null))
        {
            report.Fail(new CheckFailure(name, Find(claims, name)?.ToJsonString() ?? "no such claim", "seconds since 1970", Advice));
        }

        ValidityCheck.Check(report, "iat", issued - ClockTolerance, null, at);
        ValidityCheck.Check(report, "exp", null, expires, at);
    }

    private static void RequireText(CheckReport report, JsonObject claims, string path, Func<string, bool> isRight, string expected)
    {
        if (TextOf(claims, path) is not { } text || !isRight(text))
        {
            report.Fail(new CheckFailure(path, Find(claims, path)?.ToJsonString() ?? "no such claim", expected, Advice));
        }
    }
}
