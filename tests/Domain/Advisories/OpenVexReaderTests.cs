using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

public sealed class OpenVexReaderTests
{
    [Fact]
    public void Statements_are_read_with_products_subcomponents_and_reasons()
    {
        Advisory advisory = Fiction.Read(Fiction.OpenVex);

        Assert.Equal((AdvisoryFormat.OpenVex, "https://vendor.example/vex/2099-1", "2"), (advisory.Format, advisory.DocumentId, advisory.Version));
        AdvisoryStatement first = advisory.Statements[0];
        Assert.Equal((Fiction.Cve, ProductStatus.NotAffected, "vulnerable_code_not_in_execute_path: Never called."), (first.Vulnerability, first.Status, first.Reason));
        Assert.Equal(("libfiction", Fiction.Build), (first.Product.Purl!.Name, first.Product.Within!.Uuids.Single()));
        AdvisoryStatement second = advisory.Statements[1];
        Assert.Equal(("CVE-2099-0002", ProductStatus.Affected, "Update."), (second.Vulnerability, second.Status, second.Reason));
        Assert.Equal(new string('b', 64), second.Product.Sha256.Single());
        Assert.True(second.Product.Versions!.IsAll);
    }

    [Fact]
    public void Of_two_statements_about_one_product_the_later_counts()
    {
        string statements = """
            [{"vulnerability":{"name":"CVE-2099-0001"},"timestamp":"2026-11-02T00:00:00Z","products":[{"@id":"pkg:generic/a@1"}],"status":"fixed"},
             {"vulnerability":{"name":"CVE-2099-0001"},"timestamp":"2026-11-01T00:00:00Z","products":[{"@id":"pkg:generic/a@1"}],"status":"under_investigation"}]
            """;

        Assert.Equal(ProductStatus.Fixed, Assert.Single(Fiction.Read(Fiction.With(Fiction.OpenVex, "statements", statements)).Statements).Status);
    }

    [Theory]
    [InlineData("@context", "\"https://openvex.dev/ns/v0.1.0\"", "@context", "v0.2.0")]
    [InlineData("@id", null, "@id", "a text")]
    [InlineData("author", "\"\"", "author", "1 to")]
    [InlineData("version", "0", "version", "1 or more")]
    [InlineData("version", "\"1\"", "version", "1 or more")]
    [InlineData("timestamp", null, "timestamp", "RFC 3339")]
    [InlineData("statements", "[]", "statements", "one statement")]
    [InlineData("statements/0/status", "\"ignored\"", "statements[0].status", "under_investigation")]
    [InlineData("statements/0/justification", "\"because\"", "statements[0].justification", "component_not_present")]
    [InlineData("statements/1/justification", "\"component_not_present\"", "statements[1].justification", "only with not_affected")]
    [InlineData("statements/1/action_statement", null, "statements[1].action_statement", "what users should do")]
    [InlineData("statements/0/products", "[]", "statements[0].products", "one product")]
    [InlineData("statements/0/products", "[{}]", "statements[0].products[0].@id", "identifiers")]
    [InlineData("statements/0/vulnerability", "\"CVE-2099-0001\"", "statements[0].vulnerability", "an object")]
    public void What_breaks_a_rule_is_refused_with_where_and_what(string path, string? value, string where, string expected)
    {
        AdvisoryError error = Fiction.Refused(Fiction.With(Fiction.OpenVex, path, value));

        Assert.Equal(where, error.Path);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_affected_needs_a_justification_or_an_impact_statement()
    {
        string withoutJustification = Fiction.With(Fiction.OpenVex, "statements/0/justification", null);

        Fiction.Read(withoutJustification);
        Assert.Equal("statements[0].justification", Fiction.Refused(Fiction.With(withoutJustification, "statements/0/impact_statement", null)).Path);
    }
}
