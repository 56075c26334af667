using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IotAttest.Service.Tests.Advisories;

/// <summary>Advisories about products and vulnerabilities that do not exist.</summary>
internal static class AdvisoryFiles
{
    public const string Cve = "CVE-2099-0001";

    /// <summary>CSAF about what <c>statuses</c> name by their status: a package URL, <c>urn:uuid:</c>, or <c>name|range</c>.</summary>
    public static string Csaf(string id = "FICTION-2099-0001", int version = 1, double score = 9.8, string category = "csaf_security_advisory", string updatedAt = "2026-11-02T00:00:00Z", params (string Status, string What)[] statuses)
    {
        JsonArray flat = [];
        JsonArray branches = [];
        JsonObject productStatus = [];
        foreach ((string status, string what) in statuses)
        {
            string product = $"P{flat.Count + branches.Count}";
            if (what.Split('|', 2) is [string name, string range])
            {
                branches.Add(Branch(name, range, product));
            }
            else
            {
                JsonObject helper = what.StartsWith("pkg:", StringComparison.Ordinal) ? new() { ["purl"] = what } : new() { ["x_generic_uris"] = new JsonArray(new JsonObject { ["namespace"] = "https://example", ["uri"] = what }) };
                flat.Add(new JsonObject { ["name"] = $"product {product}", ["product_id"] = product, ["product_identification_helper"] = helper });
            }

            productStatus[status] ??= new JsonArray();
            productStatus[status]!.AsArray().Add(product);
        }

        return new JsonObject
        {
            ["document"] = new JsonObject
            {
                ["category"] = category,
                ["csaf_version"] = "2.0",
                ["title"] = "Fictitious: overflow in libfiction",
                ["publisher"] = new JsonObject { ["category"] = "vendor", ["name"] = "Fictitious Vendor", ["namespace"] = "https://vendor.example" },
                ["tracking"] = new JsonObject
                {
                    ["id"] = id,
                    ["status"] = "final",
                    ["version"] = version.ToString(CultureInfo.InvariantCulture),
                    ["initial_release_date"] = "2026-11-20T00:00:00Z",
                    ["current_release_date"] = updatedAt,
                    ["revision_history"] = new JsonArray([.. Enumerable.Range(1, version).Select(number => new JsonObject { ["number"] = $"{number}", ["date"] = updatedAt, ["summary"] = "x" })]),
                },
            },
            ["product_tree"] = new JsonObject { ["full_product_names"] = flat, ["branches"] = branches },
            ["vulnerabilities"] = new JsonArray(new JsonObject
            {
                ["cve"] = Cve,
                ["scores"] = new JsonArray(new JsonObject { ["products"] = new JsonArray("P0"), ["cvss_v3"] = new JsonObject { ["baseScore"] = score } }),
                ["product_status"] = productStatus,
            }),
        }.ToJsonString();
    }

    public static string Affected(string what, double score = 9.8) => Csaf(score: score, statuses: [("known_affected", what)]);

    public static string OpenVex(string product, string status = "not_affected", int version = 1, string timestamp = "2026-11-03T00:00:00Z") => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["@context"] = "https://openvex.dev/ns/v0.2.0",
        ["@id"] = $"https://maker.example/vex/{product}",
        ["author"] = "Fictitious Maker",
        ["timestamp"] = timestamp,
        ["version"] = version,
        ["statements"] = new object[]
        {
            new Dictionary<string, object>
            {
                ["vulnerability"] = new { name = Cve },
                ["products"] = new object[] { new Dictionary<string, object> { ["@id"] = product } },
                ["status"] = status,
                ["impact_statement"] = "The fictitious code is never called.",
                ["action_statement"] = "Update.",
            },
        },
    });

    private static JsonObject Branch(string name, string range, string product) => new()
    {
        ["category"] = "product_name",
        ["name"] = name,
        ["branches"] = new JsonArray(new JsonObject
        {
            ["category"] = "product_version_range",
            ["name"] = range,
            ["product"] = new JsonObject { ["name"] = $"{name} {range}", ["product_id"] = product },
        }),
    };
}
