using System.Text;
using System.Text.Json.Nodes;
using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

/// <summary>Advisories about products that do not exist, by publishers that do not exist, about vulnerabilities that do not exist.</summary>
internal static class Fiction
{
    public const string Cve = "CVE-2099-0001";

    public static readonly Guid Build = Guid.Parse("00000000-0000-4000-8000-0000000000b1");
    public static readonly Guid Class = Guid.Parse("00000000-0000-4000-8000-0000000000c1");

    public static readonly string Csaf = """
        {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"Fictitious: overflow in libfiction",
          "publisher":{"category":"vendor","name":"Fictitious Vendor","namespace":"https://vendor.example"},
          "tracking":{"id":"FICTION-2099-0001","status":"final","version":"1","initial_release_date":"2026-11-01T00:00:00Z","current_release_date":"2026-11-02T00:00:00Z",
            "revision_history":[{"number":"1","date":"2026-11-01T00:00:00Z","summary":"first"}]}},
         "product_tree":{
          "branches":[{"category":"vendor","name":"acme","branches":[{"category":"product_name","name":"Thermostat","branches":[
            {"category":"product_version","name":"1.0.0","product":{"name":"acme Thermostat 1.0.0","product_id":"T-1.0.0"}},
            {"category":"product_version_range","name":"vers:semver/>=1.1.0|<1.3.0","product":{"name":"acme Thermostat 1.1, 1.2","product_id":"T-RANGE"}},
            {"category":"product_version","name":"1.3.0","product":{"name":"acme Thermostat 1.3.0","product_id":"T-1.3.0"}}]}]}],
          "full_product_names":[
            {"name":"libfiction 2.0","product_id":"LIB","product_identification_helper":{"purl":"pkg:generic/libfiction@2.0","cpe":"cpe:2.3:a:vendor:libfiction:2.0:*:*:*:*:*:*:*",
              "hashes":[{"filename":"x","file_hashes":[{"algorithm":"sha256","value":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},{"algorithm":"sha512","value":"00"}]}],
              "model_numbers":["00000000-0000-4000-8000-0000000000c1","TS-1"],"x_generic_uris":[{"namespace":"https://example","uri":"urn:uuid:00000000-0000-4000-8000-0000000000b1"}]}}],
          "relationships":[{"category":"default_component_of","product_reference":"LIB","relates_to_product_reference":"T-1.0.0","full_product_name":{"name":"libfiction in 1.0.0","product_id":"LIB-IN-T"}}],
          "product_groups":[{"group_id":"G","product_ids":["T-1.3.0"]}]},
         "vulnerabilities":[{"cve":"CVE-2099-0001","title":"Overflow",
          "scores":[{"products":["LIB"],"cvss_v3":{"version":"3.1","baseScore":9.8,"baseSeverity":"CRITICAL"}}],
          "threats":[{"category":"exploit_status","details":"Seen in this fiction."}],
          "flags":[{"label":"component_not_present","group_ids":["G"]}],
          "remediations":[{"category":"vendor_fix","details":"Update to 1.3.0.","product_ids":["T-1.0.0"]}],
          "product_status":{"known_affected":["T-1.0.0","T-RANGE","LIB"],"known_not_affected":["T-1.3.0"],"under_investigation":["LIB-IN-T"]}}]}
        """;

    public static readonly string OpenVex = """
        {"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://vendor.example/vex/2099-1","author":"Fictitious Vendor","timestamp":"2026-11-03T00:00:00Z","version":2,
         "statements":[
          {"vulnerability":{"name":"FICTION-7","aliases":["cve-2099-0001"]},"products":[{"@id":"urn:uuid:00000000-0000-4000-8000-0000000000b1","subcomponents":[{"@id":"pkg:generic/libfiction@2.0"}]}],
           "status":"not_affected","justification":"vulnerable_code_not_in_execute_path","impact_statement":"Never called."},
          {"vulnerability":{"name":"CVE-2099-0002"},"products":[{"identifiers":{"purl":"pkg:generic/libother"},"hashes":{"sha-256":"BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"}}],
           "status":"affected","action_statement":"Update."}]}
        """;

    public static string A64 { get; } = new('a', 64);

    public static Advisory Read(string json)
    {
        Assert.True(AdvisoryReader.TryRead(Encoding.UTF8.GetBytes(json), out Advisory? advisory, out AdvisoryError? error), error?.ToString());
        return advisory;
    }

    public static AdvisoryError Refused(string json)
    {
        Assert.False(AdvisoryReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out AdvisoryError? error));
        Assert.NotEmpty(error.Do);
        return error;
    }

    /// <summary>The document with one member replaced; <paramref name="json"/> null takes it out.</summary>
    public static string With(string document, string path, string? json)
    {
        JsonNode root = JsonNode.Parse(document)!;
        string[] parts = path.Split('/');
        JsonNode parent = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out int index) ? node[index]! : node[part]!);
        if (int.TryParse(parts[^1], out int at))
        {
            parent.AsArray()[at] = JsonNode.Parse(json!);
        }
        else if (json is null)
        {
            parent.AsObject().Remove(parts[^1]);
        }
        else
        {
            parent[parts[^1]] = JsonNode.Parse(json);
        }

        return root.ToJsonString();
    }

    public static BuildSubject Subject(string version = "1.0.0", params ComponentSubject[] components) =>
        new(Build, Class, "acme", "Thermostat", version, [A64], new Dictionary<string, string>(), components);
}
