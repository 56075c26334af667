using IotAttest.Service.Access;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

public sealed class AccessTests
{
    /// <summary>Everything that needs no login. A new route gets onto this list on purpose, or it asks for a role.</summary>
    private static readonly string[] Public =
    [
        "GET ",
        "GET /advisories",
        "GET /advisories/{id}",
        "GET /assets/{name}",
        "GET /builds/{id}",
        "GET /certificates/{id}",
        "GET /changes",
        "GET /criteria",
        "GET /criteria/{scheme}",
        "GET /data",
        "GET /data/openapi",
        "GET /evaluations",
        "GET /healthz",
        "GET /laboratories",
        "GET /log",
        "GET /log/{seq}",
        "GET /metrics",
        "GET /openapi/{documentName}.json",
        "GET /readyz",
        "GET /recognition",
        "GET /sign-in",
        "GET /sign-in/oidc",
        "GET /sign-in/oidc/callback",
        "GET /v1/advisories",
        "GET /v1/advisories/{id}",
        "GET /v1/advisories/{id}/adoption",
        "GET /v1/advisories/{id}/document",
        "GET /v1/builds",
        "GET /v1/builds/{id}",
        "GET /v1/builds/{id}/components",
        "GET /v1/builds/{id}/corim",
        "GET /v1/builds/{id}/coverage",
        "GET /v1/builds/{id}/receipt",
        "GET /v1/builds/{id}/reports",
        "GET /v1/builds/{id}/statement",
        "GET /v1/certificates",
        "GET /v1/certificates/{id}",
        "GET /v1/certificates/{id}/corim",
        "GET /v1/certificates/{id}/history",
        "GET /v1/certificates/{id}/jwt",
        "GET /v1/certificates/{id}/label.svg",
        "GET /v1/certificates/{id}/live",
        "GET /v1/certificates/{id}/qr.svg",
        "GET /v1/certificates/{id}/receipt",
        "GET /v1/certificates/{id}/recognitions",
        "GET /v1/certificates/{id}/statement",
        "GET /v1/classes/{class}/minimum-security-version",
        "GET /v1/components",
        "GET /v1/crosswalk",
        "GET /v1/epoch",
        "GET /v1/evaluations",
        "GET /v1/export/certificates.csv",
        "GET /v1/export/certificates.jsonl",
        "GET /v1/export/dump",
        "GET /v1/export/dump/signature",
        "GET /v1/export/dump/{date}",
        "GET /v1/export/dump/{date}/signature",
        "GET /v1/feed.atom",
        "GET /v1/keys",
        "GET /v1/laboratories",
        "GET /v1/log/checkpoint",
        "GET /v1/log/consistency",
        "GET /v1/log/entries",
        "GET /v1/log/proof",
        "GET /v1/organisations",
        "GET /v1/organisations/{name}",
        "GET /v1/policies",
        "GET /v1/policies/{id}/{version}",
        "GET /v1/products",
        "GET /v1/products/{class}",
        "GET /v1/products/{class}/components",
        "GET /v1/products/{class}/history",
        "GET /v1/recognition-rules",
        "GET /v1/registry/changes",
        "GET /v1/reports/{digest}",
        "GET /v1/schemes",
        "GET /v1/schemes/{id}/requirements",
        "GET /v1/search",
        "GET /v1/stats",
        "GET /v1/statuslists/{number}",
        "GET /v1/vocabulary",
        "GET /verify",
        "POST /sign-in",
        "POST /sign-out",
        "POST /v1/challenges",
        "POST /v1/evidence",
        "POST /v1/rabbitmq/{secret}/resource",
        "POST /v1/rabbitmq/{secret}/topic",
        "POST /v1/rabbitmq/{secret}/user",
        "POST /v1/rabbitmq/{secret}/vhost",
        "POST /verify",
    ];

    [Fact]
    public async Task Every_route_is_public_on_purpose_or_answers_401_without_a_token_and_403_with_the_wrong_role()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        Dictionary<string, HttpClient> byRole = [];
        foreach (string role in Roles.OfOrganisations)
        {
            byRole[role] = await verifier.OrganisationAsync($"some-{role}", role);
        }

        using HttpClient anybody = verifier.Anybody();
        using HttpClient stranger = verifier.With("no-such-token");
        List<string> open = [];
        foreach (RouteEndpoint route in verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string method = route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single();
            string name = $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}";
            if (route.Metadata.GetMetadata<PublicRoute>() is not null)
            {
                open.Add(name);
                continue;
            }

            RequiredRoles? required = route.Metadata.GetMetadata<RequiredRoles>();
            Assert.True(required is not null, $"{name} says neither who may use it nor that anybody may");
            await Send(anybody, route, method).AssertProblemAsync(401, "NoLogin");
            await Send(stranger, route, method).AssertProblemAsync(401, "NoLogin");
            foreach (string role in Roles.OfOrganisations.Except(required.Roles))
            {
                await Send(byRole[role], route, method).AssertProblemAsync(403, "Forbidden");
            }
        }

        Assert.Equal(Public, open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic b3BlcmF0b3I6eA==")]
    public async Task Another_way_to_log_in_is_401_and_says_which_is_known(string header)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Anybody();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using HttpResponseMessage response = await client.GetAsync(new Uri("/v1/devices", UriKind.Relative));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_taken()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Anybody();

        Assert.Equal(401, await client.GetAsync(new Uri($"/v1/devices?access_token={verifier.OperatorToken}", UriKind.Relative)).StatusAsync());
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, RouteEndpoint route, string method)
    {
        string path = string.Join('/', route.RoutePattern.RawText!.Split('/').Select(part => part.StartsWith('{') ? "some" : part));
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (route.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts)
        {
            request.Content = new StringContent("{}", null, accepts.ContentTypes[0]);
        }

        return await client.SendAsync(request);
    }
}
