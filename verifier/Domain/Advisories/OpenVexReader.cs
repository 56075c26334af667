using System.Globalization;
using System.Text.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>OpenVEX 0.2.0.</summary>
internal static class OpenVexReader
{
    private const string Context = "https://openvex.dev/ns/v0.2.0";
    private const int MaxIdentifiers = 64;

    private static readonly string[] Justifications =
    [
        "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist",
    ];

    internal static Advisory? Read(JsonElement root, AdvisoryFields fields)
    {
        string context = fields.Text(root, "", "@context");
        if (context != Context)
        {
            fields.Fail("@context", context, Context, "Send OpenVEX 0.2.0.");
        }

        string author = fields.Text(root, "", "author");
        string id = fields.Text(root, "", "@id");
        string version = VersionOf(root, fields);
        DateTimeOffset publishedAt = fields.Time(root, "", "timestamp");
        DateTimeOffset updatedAt = fields.OptionalTime(root, "", "last_updated") ?? publishedAt;
        List<AdvisoryStatement> statements = [];
        Dictionary<string, AdvisoryVulnerability> vulnerabilities = new(StringComparer.Ordinal);
        foreach ((JsonElement item, string path) in fields.Objects(root, "", "statements", AdvisoryReader.MaxStatements))
        {
            ReadStatement(item, path, updatedAt, fields, vulnerabilities, statements);
        }

        if (statements.Count == 0)
        {
            fields.Fail("statements", "no statement about a product", "one statement or more");
        }

        return fields.HasFailed
            ? null
            : new Advisory(
                AdvisoryFormat.OpenVex, id, author, author, version, $"{string.Join(", ", vulnerabilities.Keys.Take(3))}{(vulnerabilities.Count > 3 ? " ..." : "")}",
                publishedAt, updatedAt, IsWithdrawn: false, [.. vulnerabilities.Values], [.. Newest(statements)]);
    }

    private static string VersionOf(JsonElement root, AdvisoryFields fields)
    {
        if (AdvisoryFields.Member(root, "version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long version) && version >= 1)
        {
            return version.ToString(CultureInfo.InvariantCulture);
        }

        fields.Fail("version", "no version", "a whole number of 1 or more");
        return "";
    }

    private static void ReadStatement(
        JsonElement item, string path, DateTimeOffset updatedAt, AdvisoryFields fields, Dictionary<string, AdvisoryVulnerability> vulnerabilities, List<AdvisoryStatement> statements)
    {
        string vulnerability = VulnerabilityOf(item, path, fields, vulnerabilities);
        ProductStatus status = StatusOf(item, path, fields);
        string reason = ReasonOf(item, path, status, fields);
        DateTimeOffset at = fields.OptionalTime(item, path, "last_updated") ?? fields.OptionalTime(item, path, "timestamp") ?? updatedAt;
        int before = statements.Count;
        foreach ((JsonElement product, string place) in fields.Objects(item, path, "products", AdvisoryReader.MaxProducts))
        {
            AdvisoryProduct whole = ProductOf(product, place, fields);
            AdvisoryProduct[] parts = [.. fields.Objects(product, place, "subcomponents", AdvisoryReader.MaxProducts)
                .Select(part => ProductOf(part.Item, part.Path, fields) with { Within = whole, IsAlwaysWithin = true })];
            statements.AddRange((parts.Length == 0 ? [whole] : parts).Select(named => new AdvisoryStatement(vulnerability, named, status, at, reason)));
        }

        if (statements.Count == before)
        {
            fields.Fail(path + "products", "no product", "one product or more");
        }

        if (statements.Count > AdvisoryReader.MaxStatements)
        {
            fields.Fail("statements", $"more than {AdvisoryReader.MaxStatements}", $"at most {AdvisoryReader.MaxStatements}", "Split the document.");
        }
    }

    private static string VulnerabilityOf(JsonElement item, string path, AdvisoryFields fields, Dictionary<string, AdvisoryVulnerability> vulnerabilities)
    {
        JsonElement vulnerability = fields.Object(item, path, "vulnerability");
        string place = path + "vulnerability.";
        string name = VulnerabilityName.Of([fields.Text(vulnerability, place, "name"), .. fields.Texts(vulnerability, place, "aliases", MaxIdentifiers).Select(entry => entry.Text)]);
        if (!fields.HasFailed)
        {
            vulnerabilities.TryAdd(name, new AdvisoryVulnerability(name, AdvisoryFields.Prose(vulnerability, "description"), AdvisorySeverity.Unknown, "", AdvisoryFields.Prose(item, "action_statement")));
        }

        if (vulnerabilities.Count > AdvisoryReader.MaxVulnerabilities)
        {
            fields.Fail("statements", $"more than {AdvisoryReader.MaxVulnerabilities} vulnerabilities", $"at most {AdvisoryReader.MaxVulnerabilities}", "Split the document.");
        }

        return name;
    }

    private static ProductStatus StatusOf(JsonElement item, string path, AdvisoryFields fields)
    {
        string word = fields.Text(item, path, "status");
        ProductStatus? status = word switch
        {
            "affected" => ProductStatus.Affected,
            "fixed" => ProductStatus.Fixed,
            "not_affected" => ProductStatus.NotAffected,
            "under_investigation" => ProductStatus.UnderInvestigation,
            _ => null,
        };
        if (status is null)
        {
            fields.Fail(path + "status", $"\"{word}\"", "not_affected, affected, fixed or under_investigation");
        }

        return status ?? ProductStatus.UnderInvestigation;
    }

    /// <summary>The specification: not_affected needs a justification or an impact statement, affected an action statement.</summary>
    private static string ReasonOf(JsonElement item, string path, ProductStatus status, AdvisoryFields fields)
    {
        string? justification = fields.OptionalText(item, path, "justification");
        if (justification is not null && (status != ProductStatus.NotAffected || !Justifications.Contains(justification)))
        {
            fields.Fail(path + "justification", $"\"{justification}\" with status {status}", $"only with not_affected, one of {string.Join(", ", Justifications)}");
        }

        string impact = AdvisoryFields.Prose(item, "impact_statement");
        string action = AdvisoryFields.Prose(item, "action_statement");
        if (status == ProductStatus.NotAffected && justification is null && impact.Length == 0)
        {
            fields.Fail(path + "justification", "not_affected without a reason", "a justification or an impact_statement");
        }

        if (status == ProductStatus.Affected && action.Length == 0)
        {
            fields.Fail(path + "action_statement", "affected without an action_statement", "what users should do");
        }

        return status == ProductStatus.NotAffected ? string.Join(": ", new[] { justification, impact }.Where(text => !string.IsNullOrEmpty(text))) : action;
    }

    private static AdvisoryProduct ProductOf(JsonElement item, string path, AdvisoryFields fields)
    {
        string? id = fields.OptionalText(item, path, "@id");
        AdvisoryProduct product = id is null ? new AdvisoryProduct("", "") : new AdvisoryProduct(id, id).With(id);
        if (fields.OptionalObject(item, path, "identifiers") is { } identifiers)
        {
            foreach (string name in (ReadOnlySpan<string>)["purl", "cpe23", "cpe22"])
            {
                product = fields.OptionalText(identifiers, path + "identifiers.", name) is { } text ? Named(product, text).With(text) : product;
            }
        }

        if (fields.OptionalObject(item, path, "hashes") is { } hashes)
        {
            product = fields.OptionalText(hashes, path + "hashes.", "sha-256") is { } digest ? product.WithDigests([ProductIdentifiers.Sha256Of("sha-256", digest)]) : product;
        }

        if (product.Name.Length == 0 && product.Sha256.IsEmpty)
        {
            fields.Fail(path + "@id", "nothing that names the product", "\"@id\", \"identifiers\" or a sha-256 in \"hashes\"");
        }

        // OpenVEX has no other place for a version: an identifier without one means every version.
        return Named(product, product.Sha256.Select(digest => $"sha256:{digest}").FirstOrDefault("")) with { Versions = VersionRange.All };
    }

    private static AdvisoryProduct Named(AdvisoryProduct product, string name) => product.Name.Length == 0 ? product with { Id = name, Name = name } : product;

    /// <summary>Of statements about one product and vulnerability the latest counts.</summary>
    private static IEnumerable<AdvisoryStatement> Newest(List<AdvisoryStatement> statements) => statements
        .GroupBy(statement => (statement.Vulnerability, statement.Product.Id, statement.Product.Within?.Id))
        .Select(group => group.OrderBy(statement => statement.At).Last());
}
