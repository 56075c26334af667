using System.Collections.Immutable;
using System.Text.Json;
using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Advisories;

/// <summary>CSAF 2.0. The mandatory tests of its section 6.1 on which matching depends are made here; the others are the author's business.</summary>
internal static class CsafReader
{
    private const string Version = "2.0";
    private const int MaxRevisions = 1_000;

    // CSAF 2.1 names these profiles; in 2.0 a publisher may use any category, so a withdrawal under 2.0 is recognised by the same words.
    private static readonly string[] WithdrawnCategories = ["csaf_withdrawn", "csaf_superseded"];

    internal static Advisory? Read(JsonElement root, AdvisoryFields fields)
    {
        JsonElement document = fields.Object(root, "", "document");
        string version = fields.Text(document, "document.", "csaf_version");
        if (version != Version)
        {
            fields.Fail("document.csaf_version", version, Version, "Ask the publisher for CSAF 2.0.");
        }

        JsonElement publisher = fields.Object(document, "document.", "publisher");
        JsonElement tracking = fields.Object(document, "document.", "tracking");
        bool isWithdrawn = WithdrawnCategories.Contains(fields.Text(document, "document.", "category"));
        string current = ReadTracking(tracking, fields);
        DateTimeOffset updatedAt = fields.Time(tracking, "document.tracking.", "current_release_date");
        CsafProductTree tree = CsafProductTree.Read(root, fields);
        CsafVulnerabilities read = CsafVulnerabilities.Read(root, tree, updatedAt, fields);
        return fields.HasFailed
            ? null
            : new Advisory(
                AdvisoryFormat.Csaf,
                fields.Text(tracking, "document.tracking.", "id"),
                fields.Text(publisher, "document.publisher.", "namespace"),
                fields.Text(publisher, "document.publisher.", "name"),
                current,
                fields.Text(document, "document.", "title"),
                fields.Time(tracking, "document.tracking.", "initial_release_date"),
                updatedAt,
                isWithdrawn,
                [.. read.Vulnerabilities],
                isWithdrawn ? [] : [.. read.Statements]);
    }

    /// <summary>Section 3.2.1.12 and tests 6.1.16 (the version is the last revision), 6.1.17 (draft) and 6.1.22 (each revision once).</summary>
    private static string ReadTracking(JsonElement tracking, AdvisoryFields fields)
    {
        const string Path = "document.tracking.";
        string status = fields.Text(tracking, Path, "status");
        if (status == "draft")
        {
            fields.Fail(Path + "status", "draft", "interim or final", "Release the advisory first; --embargo-until keeps it from the public.");
        }
        else if (status is not ("interim" or "final"))
        {
            fields.Fail(Path + "status", status, "interim or final");
        }

        string version = fields.Text(tracking, Path, "version");
        if (!fields.HasFailed && (ComponentVersion.Compare(version, version) is null || version.StartsWith("0.", StringComparison.Ordinal) || version.Contains('-', StringComparison.Ordinal)))
        {
            // Test 6.1.17: 0.y.z and pre-releases are drafts.
            fields.Fail(Path + "version", version, "a released version: a whole number, or SemVer from 1.0.0");
        }

        HashSet<string> numbers = [];
        string? last = null;
        foreach ((JsonElement revision, string place) in fields.Objects(tracking, Path, "revision_history", MaxRevisions))
        {
            string number = fields.Text(revision, place, "number");
            if (!numbers.Add(number))
            {
                fields.Fail(place + "number", $"{number} twice", "each revision once");
            }

            last = last is null || ComponentVersion.Compare(number, last) > 0 ? number : last;
        }

        if (!fields.HasFailed && (last is null || ComponentVersion.Compare(last, version) != 0))
        {
            fields.Fail(Path + "version", $"{version} with a revision history that ends at {last ?? "nothing"}", "the last revision");
        }

        return version;
    }
}
