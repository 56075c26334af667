using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Products;

public sealed class ProductTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        _operator = _work.Verifier.Operator();
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task A_maker_describes_its_product_and_everybody_reads_it()
    {
        await _work.Maker.SetAsync(ProductAtWork.Description(), 201);

        JsonElement view = await _work.Anybody.GetJsonAsync(ProductAtWork.Path);
        JsonElement listed = (await _work.Anybody.GetJsonAsync("/v1/products?manufacturer=acme")).GetProperty("products")[0];

        Assert.Equal((Boards.Class, "acme", "Thermostat T2", "T2-EU"), (view.Text("class"), view.Text("manufacturer"), view.Text("productName"), view.Text("modelNumber")));
        Assert.Equal(["consumer-smart-device", "thermostat"], view.GetProperty("categories").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["A", "B"], view.GetProperty("hardwareRevisions").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(("4006381333931", "https://example.com/cvd", "mailto:psirt@example.com", 5), (view.Text("gtin"), view.Text("cvdPolicyUrl"), view.Text("disclosureContact"), view.GetProperty("ackDays").GetInt32()));
        Assert.Equal(("onSale", "Keeps a room warm.", "2030-06-30", "supported"), (view.Text("marketStatus"), view.Text("summary"), view.Text("supportUntil"), view.Text("support")));
        Assert.Equal(view.Text("productName"), listed.Text("productName"));
        Assert.Empty((await _work.Anybody.GetJsonAsync("/v1/products?manufacturer=other")).GetProperty("products").EnumerateArray());
    }

    [Fact]
    public async Task Every_change_is_kept_with_who_when_and_why_and_the_same_again_is_none()
    {
        await _work.Maker.SetAsync(ProductAtWork.Description(), 201);
        _work.Clock.Advance(TimeSpan.FromDays(1));
        await _work.Maker.SetAsync(ProductAtWork.Description().With("marketStatus", "ended").With("reason", "sold out"), 200);
        await _work.Maker.SetAsync(ProductAtWork.Description().With("marketStatus", "ended").With("reason", "again"), 200);

        JsonElement[] history = [.. (await _work.Anybody.GetJsonAsync($"{ProductAtWork.Path}/history")).GetProperty("history").EnumerateArray()];

        Assert.Equal(["first description", "sold out"], history.Select(change => change.Text("reason")));
        Assert.Equal(("acme", "2026-11-23T12:00:00Z"), (history[1].Text("decidedBy"), history[1].Text("at")));
        Assert.Equal("marketStatus", Assert.Single(history[1].GetProperty("changed").EnumerateArray()).GetString());
        Assert.Equal("onSale", (await _work.Anybody.GetJsonAsync($"{ProductAtWork.Path}?at=2026-11-22T13:00:00Z")).Text("marketStatus"));
        Assert.Single((await _work.Anybody.GetJsonAsync($"{ProductAtWork.Path}/history?at=2026-11-22")).GetProperty("history").EnumerateArray());
    }

    [Theory]
    [InlineData("productName", null)]
    [InlineData("modelNumber", "")]
    [InlineData("categories", null)]
    [InlineData("gtin", "4006381333932")]
    [InlineData("supportUntil", "2030-02-30")]
    [InlineData("supportUntil", "2200-01-01")]
    [InlineData("supportUntil", "soon")]
    [InlineData("cvdPolicyUrl", "http://example.com/")]
    [InlineData("cvdPolicyUrl", "javascript:alert(1)")]
    [InlineData("secureSetupUrl", "https://a@example.com/")]
    [InlineData("disclosureContact", "psirt@example.com")]
    [InlineData("ackDays", "0")]
    [InlineData("marketStatus", "sold")]
    [InlineData("marketStatus", "1")]
    [InlineData("reason", null)]
    [InlineData("colour", "red")]
    public async Task What_does_not_fit_is_refused_by_name(string member, string? value)
    {
        JsonNode? node = member == "ackDays" ? int.Parse(value!, null) : value;

        JsonElement problem = await _work.Maker.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description().With(member, node)).AssertProblemAsync(400, "Malformed");

        Assert.Contains(member, problem.GetRawText(), StringComparison.Ordinal);
        await _work.Anybody.GetAsync(new Uri(ProductAtWork.Path, UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task Categories_are_one_to_eight_words_of_the_list()
    {
        await _work.Maker.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description().With("categories", new JsonArray())).AssertProblemAsync(400, "Malformed");
        await _work.Maker.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description().With("categories", new JsonArray("teapot"))).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task A_class_belongs_to_who_submitted_its_first_build()
    {
        using HttpClient rival = await _work.Verifier.OrganisationAsync("rival", "manufacturer");
        const string Unused = "/v1/products/00000000-0000-4000-8000-000000000001";
        JsonObject theirs = ProductAtWork.Description().With("manufacturer", null);

        await rival.PutJsonAsync(ProductAtWork.Path, theirs).AssertProblemAsync(403, "Forbidden");
        await rival.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description()).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(201, await rival.PutJsonAsync(Unused, theirs).StatusAsync());
        await _work.Maker.PutJsonAsync(Unused, ProductAtWork.Description()).AssertProblemAsync(403, "Forbidden");
        await _operator.PutJsonAsync("/v1/products/00000000-0000-4000-8000-000000000002", theirs).AssertProblemAsync(400, "Malformed");
        await _operator.PutJsonAsync("/v1/products/00000000-0000-4000-8000-000000000002", theirs.With("manufacturer", "nobody")).AssertProblemAsync(404, "NotFound");
        await _operator.PutJsonAsync("/v1/products/00000000-0000-4000-8000-000000000002", theirs.With("manufacturer", "demo-cb")).AssertProblemAsync(404, "NotFound");
        await _work.Maker.PutJsonAsync("/v1/products/t2", theirs).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Extending_needs_a_product_a_day_and_a_reason()
    {
        await _work.Maker.ExtendAsync("2031-01-01").AssertProblemAsync(404, "NotFound");
        await _work.Maker.SetAsync(ProductAtWork.Description(null), 201);
        await _work.Maker.PostJsonAsync($"{ProductAtWork.Path}/support", new { reason = "x" }).AssertProblemAsync(400, "Malformed");
        await _work.Maker.PostJsonAsync($"{ProductAtWork.Path}/support", new { supportUntil = "2031-01-01" }).AssertProblemAsync(400, "Malformed");
        Assert.Equal(200, await _work.Maker.ExtendAsync("2031-01-01").StatusAsync());
        Assert.Equal(200, await _work.Maker.ExtendAsync("2031-01-01").StatusAsync());

        Assert.Equal(2, (await _work.Anybody.GetJsonAsync($"{ProductAtWork.Path}/history")).GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task A_change_is_an_event()
    {
        await _work.Maker.SetAsync(ProductAtWork.Description(), 201);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events?types=product.changed", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await _operator.SendAsync(request);

        JsonElement data = Assert.Single((await response.JsonAsync()).GetProperty("events").EnumerateArray()).GetProperty("data");

        Assert.Equal((Boards.Class, "acme", "Thermostat T2", "2030-06-30", "first description"), (data.Text("class"), data.Text("manufacturer"), data.Text("productName"), data.Text("supportUntil"), data.Text("reason")));
    }

    [Theory]
    [InlineData("UPDATE product_versions SET reason = 'x'")]
    [InlineData("DELETE FROM product_versions")]
    [InlineData("DELETE FROM products")]
    [InlineData("UPDATE products SET support_until = support_until - 1")]
    [InlineData("UPDATE products SET support_until = NULL")]
    public async Task Nothing_in_the_database_shortens_or_rewrites_what_was_said(string statement)
    {
        await _work.Maker.SetAsync(ProductAtWork.Description(), 201);

        await Assert.ThrowsAnyAsync<DbException>(() =>
            _work.Verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute(statement, transaction: transaction)));
    }
}
