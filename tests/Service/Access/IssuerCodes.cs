using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace IotAttest.Service.Tests.Access;

/// <summary>The two endpoints of the code flow: signs everybody in without asking, checks codes as it should, and lies where a test wants it.</summary>
internal sealed class IssuerCodes(TestIssuer issuer)
{
    public const string ClientId = "iotattest-pages";

    private readonly ConcurrentDictionary<string, IQueryCollection> _issued = new();

    /// <summary>What a confidential client must send; null for a public one.</summary>
    public string? Secret { get; set; }

    public string[] AuthenticationMethods { get; set; } = ["client_secret_basic"];

    /// <summary>Whether answers name their issuer, and say so in the discovery document (RFC 9207).</summary>
    public bool NamesItself { get; set; } = true;

    /// <summary>The ID token for what was asked.</summary>
    public Func<IQueryCollection, string> IdToken { get; set; } = _ => throw new InvalidOperationException("Set IdToken.");

    /// <summary>Answers in place of the token endpoint.</summary>
    public IResult? TokenAnswer { get; set; }

    public string? TokenEndpoint { get; set; }

    /// <summary>Forms that the token endpoint got.</summary>
    public ConcurrentQueue<IFormCollection> Redeemed { get; } = new();

    public void Describe(JsonObject document)
    {
        document["authorization_endpoint"] = $"{issuer.Url}/authorize?tenant=1";
        document["token_endpoint"] = TokenEndpoint ?? $"{issuer.Url}/token";
        document["token_endpoint_auth_methods_supported"] = new JsonArray([.. AuthenticationMethods.Select(method => JsonValue.Create(method))]);
        document["authorization_response_iss_parameter_supported"] = NamesItself;
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/authorize", (HttpContext context) => TypedResults.Redirect(AnswerTo(context.Request.Query)));
        app.MapPost("/token", async (HttpRequest request) => Redeem(await request.ReadFormAsync(), request.Headers.Authorization.ToString()));
    }

    private string AnswerTo(IQueryCollection asked)
    {
        string code = $"code-{Guid.NewGuid():N}";
        _issued[code] = asked;
        Dictionary<string, string?> answer = new() { ["code"] = code, ["state"] = asked["state"], ["iss"] = NamesItself ? issuer.Url : null };
        return QueryHelpers.AddQueryString(asked["redirect_uri"]!, answer.Where(pair => pair.Value is not null));
    }

    private IResult Redeem(IFormCollection form, string authorization)
    {
        Redeemed.Enqueue(form);
        if (TokenAnswer is { } answer)
        {
            return answer;
        }

        if (!IsClient(form, authorization))
        {
            return Error(401, "invalid_client");
        }

        // RFC 7636 section 4.6, RFC 6749 section 4.1.3: once, for the same verifier and the same address.
        bool isGood = _issued.TryRemove(form["code"].ToString(), out IQueryCollection? asked)
            && asked["code_challenge_method"] == "S256"
            && asked["code_challenge"] == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
            && asked["redirect_uri"] == form["redirect_uri"]
            && form["grant_type"] == "authorization_code";
        return isGood
            ? TypedResults.Text(new JsonObject { ["access_token"] = "an-access-token-of-the-issuer", ["token_type"] = "Bearer", ["id_token"] = IdToken(asked!) }.ToJsonString(), "application/json")
            : Error(400, "invalid_grant");
    }

    private bool IsClient(IFormCollection form, string authorization)
    {
        if (Secret is null || AuthenticationMethods.Contains("client_secret_post"))
        {
            return authorization.Length == 0 && form["client_id"] == ClientId && form["client_secret"].ToString() == (Secret ?? "");
        }

        string[] parts = Encoding.ASCII.GetString(Convert.FromBase64String(authorization["Basic ".Length..])).Split(':');
        return (WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts[1])) == (ClientId, Secret) && !form.ContainsKey("client_secret");
    }

    private static ContentHttpResult Error(int status, string error) => TypedResults.Text(new JsonObject { ["error"] = error }.ToJsonString(), "application/json", statusCode: status);
}
