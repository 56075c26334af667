using System.Text;
using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

public sealed class CsafReaderTests
{
    [Fact]
    public void What_builds_and_people_need_is_read()
    {
        Advisory advisory = Fiction.Read(Fiction.Csaf);

        Assert.Equal((AdvisoryFormat.Csaf, "FICTION-2099-0001", "https://vendor.example", "Fictitious Vendor", "1"), (advisory.Format, advisory.DocumentId, advisory.Issuer, advisory.Publisher, advisory.Version));
        Assert.Equal((AdvisorySeverity.Critical, false), (advisory.Severity, advisory.IsWithdrawn));
        Assert.Equal((Fiction.Cve, "Overflow", "Seen in this fiction.", "Update to 1.3.0."), advisory.Vulnerabilities.Select(entry => (entry.Id, entry.Title, entry.Exploitation, entry.Remediation)).Single());
        Assert.Equal(
            ["T-1.0.0 Affected vendor_fix: Update to 1.3.0.", "T-RANGE Affected ", "LIB Affected ", "T-1.3.0 NotAffected component_not_present", "LIB-IN-T UnderInvestigation "],
            advisory.Statements.Select(statement => $"{statement.Product.Id} {statement.Status} {statement.Reason}"));
    }

    [Fact]
    public void Branches_identification_helpers_and_relationships_name_products()
    {
        Dictionary<string, AdvisoryProduct> products = Fiction.Read(Fiction.Csaf).Statements.ToDictionary(statement => statement.Product.Id, statement => statement.Product);

        Assert.Equal(("acme", "Thermostat", "vers:semver/>=1.1.0|<1.3.0"), (products["T-RANGE"].Vendor, products["T-RANGE"].ProductName, products["T-RANGE"].Versions!.Text));
        AdvisoryProduct library = products["LIB"];
        Assert.Equal(("pkg:generic/libfiction@2.0", "libfiction", "2.0"), (library.Purl!.ToString(), library.Cpe!.Product, library.Cpe.Version));
        Assert.Equal([Fiction.A64], library.Sha256.ToArray());
        Assert.Equal([Fiction.Class, Fiction.Build], library.Uuids.ToArray());
        Assert.Equal(("T-1.0.0", true), (products["LIB-IN-T"].Within!.Id, products["LIB-IN-T"].IsAlwaysWithin));
    }

    [Theory]
    [InlineData("0", AdvisorySeverity.None)]
    [InlineData("0.1", AdvisorySeverity.Low)]
    [InlineData("3.9", AdvisorySeverity.Low)]
    [InlineData("4.0", AdvisorySeverity.Medium)]
    [InlineData("6.9", AdvisorySeverity.Medium)]
    [InlineData("7.0", AdvisorySeverity.High)]
    [InlineData("8.9", AdvisorySeverity.High)]
    [InlineData("9.0", AdvisorySeverity.Critical)]
    [InlineData("10", AdvisorySeverity.Critical)]
    public void Cvss_5_bands(string score, AdvisorySeverity severity) =>
        Assert.Equal(severity, Fiction.Read(Fiction.With(Fiction.Csaf, "vulnerabilities/0/scores/0/cvss_v3/baseScore", score)).Severity);

    [Theory]
    [InlineData("csaf_withdrawn")]
    [InlineData("csaf_superseded")]
    public void A_withdrawn_or_superseded_advisory_says_nothing_about_products(string category)
    {
        Advisory advisory = Fiction.Read(Fiction.With(Fiction.Csaf, "document/category", $"\"{category}\""));

        Assert.True(advisory.IsWithdrawn);
        Assert.Empty(advisory.Statements);
    }

    [Theory]
    [InlineData("document/csaf_version", "\"2.1\"", "document.csaf_version", "2.0")]
    [InlineData("document/tracking/status", "\"draft\"", "document.tracking.status", "interim or final")]
    [InlineData("document/tracking/status", "\"done\"", "document.tracking.status", "interim or final")]
    [InlineData("document/tracking/version", "\"2\"", "document.tracking.version", "the last revision")]
    [InlineData("document/tracking/version", "\"0.9.0\"", "document.tracking.version", "a released version")]
    [InlineData("document/tracking/version", "\"1.0.0-rc.1\"", "document.tracking.version", "a released version")]
    [InlineData("document/tracking/revision_history", "[{\"number\":\"1\"},{\"number\":\"1\"}]", "document.tracking.revision_history[1].number", "each revision once")]
    [InlineData("document/tracking/revision_history", "[]", "document.tracking.version", "the last revision")]
    [InlineData("document/tracking/current_release_date", "\"yesterday\"", "document.tracking.current_release_date", "RFC 3339")]
    [InlineData("document/tracking/id", null, "document.tracking.id", "a text")]
    [InlineData("document/tracking", "7", "document.tracking", "an object")]
    [InlineData("document/publisher/namespace", "\"a\\u0001b\"", "document.publisher.namespace", "printable")]
    [InlineData("product_tree/full_product_names/0/product_id", "\"T-1.0.0\"", "product_tree.branches[0].branches[0].branches[0].product.product_id", "6.1.2")]
    [InlineData("vulnerabilities/0/product_status/known_affected/0", "\"GONE\"", "vulnerabilities[0].product_status.known_affected[0]", "6.1.1")]
    [InlineData("vulnerabilities/0/product_status/fixed", "[\"LIB\"]", "vulnerabilities[0].product_status.fixed[0]", "6.1.6")]
    [InlineData("vulnerabilities/0/flags/0/group_ids", "[\"NONE\"]", "vulnerabilities[0].flags[0].group_ids[0]", "6.1.4")]
    [InlineData("product_tree/product_groups", "[{\"group_id\":\"G\",\"product_ids\":[\"LIB\"]},{\"group_id\":\"G\",\"product_ids\":[\"LIB\"]}]", "product_tree.product_groups[1].group_id", "6.1.5")]
    [InlineData("product_tree/relationships/0/product_reference", "\"LIB-IN-T\"", "product_tree.relationships[0]", "6.1.3")]
    [InlineData("vulnerabilities/0/cve", "\"CVE-99-1\"", "vulnerabilities[0].cve", "a CVE id")]
    [InlineData("vulnerabilities/0/cve", null, "vulnerabilities[0].cve", "a name")]
    [InlineData("vulnerabilities/0/scores/0/cvss_v3/baseScore", "10.1", "vulnerabilities[0].scores[0].baseScore", "0.0 to 10.0")]
    public void What_breaks_a_rule_is_refused_with_where_and_what(string path, string? value, string where, string expected)
    {
        AdvisoryError error = Fiction.Refused(Fiction.With(Fiction.Csaf, path, value));

        Assert.Equal(where, error.Path);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vulnerability_twice_is_refused()
    {
        string twice = Fiction.With(Fiction.Csaf, "vulnerabilities", """[{"cve":"CVE-2099-0001"},{"cve":"cve-2099-0001"}]""");

        Assert.Contains("6.1.23", Fiction.Refused(twice).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"document\":1}")]
    [InlineData("{\"document\":{},\"document\":{}}")]
    [InlineData("{\"document\":{\"csaf_version\":\"\\ud800\"}}")]
    public void What_is_no_advisory_is_refused(string json) => Fiction.Refused(json);

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Fiction.Csaf.Trim());
        for (int length = 0; length < whole.Length; length += 7)
        {
            Assert.False(AdvisoryReader.TryRead(whole.AsMemory(0, length), out _, out _));
        }
    }

    [Fact]
    public void Size_and_depth_are_bounded_at_the_edge()
    {
        string padded = Fiction.Csaf + new string(' ', AdvisoryReader.MaxBytes - Encoding.UTF8.GetByteCount(Fiction.Csaf));

        Fiction.Read(padded);
        Assert.Equal("file", Fiction.Refused(padded + " ").Path);
        Fiction.Read(Fiction.With(Fiction.Csaf, "document/x", Nested(AdvisoryReader.MaxDepth - 2)));
        Assert.Equal("file", Fiction.Refused(Fiction.With(Fiction.Csaf, "document/x", "1").Replace("\"x\":1", $"\"x\":{Nested(AdvisoryReader.MaxDepth - 1)}", StringComparison.Ordinal)).Path);
    }

    [Fact]
    public void Products_are_bounded_at_the_edge()
    {
        // Four stand in the document beside the flat list.
        Fiction.Read(Fiction.With(Fiction.Csaf, "product_tree/full_product_names", Products(AdvisoryReader.MaxProducts - 4)));
        Assert.Contains("products", Fiction.Refused(Fiction.With(Fiction.Csaf, "product_tree/full_product_names", Products(AdvisoryReader.MaxProducts - 3))).Seen, StringComparison.Ordinal);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Products(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(number => number == 0 ? """{"name":"libfiction","product_id":"LIB"}""" : $$"""{"name":"p","product_id":"P{{number}}"}"""))}]";
}
