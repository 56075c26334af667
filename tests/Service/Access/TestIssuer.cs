using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Tests.Access;

/// <summary>An OIDC issuer on a free port: discovery, a key set, and JWTs put together by hand, so that they can be wrong in every way.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);

    private TestIssuer()
    {
        Codes = new IssuerCodes(this);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () =>
        {
            Reads++;
            JsonObject document = new() { ["issuer"] = ClaimedIssuer ?? Url, ["jwks_uri"] = $"{Url}/jwks" };
            Codes.Describe(document);
            return TypedResults.Text(document.ToJsonString(), "application/json");
        });
        _app.MapGet("/jwks", () => TypedResults.Text(JwkSet().ToJsonString(), "application/json"));
        Codes.Map(_app);
    }

    /// <summary>Sign-in by code.</summary>
    public IssuerCodes Codes { get; }

    /// <summary>Another name of this machine is another site for a browser.</summary>
    public string Host { get; set; } = "127.0.0.1";

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("127.0.0.1", Host, StringComparison.Ordinal);

    public string KeyId { get; private set; } = "first";

    /// <summary>How often its configuration was asked for.</summary>
    public int Reads { get; private set; }

    /// <summary>What it says its name is; null for the truth.</summary>
    public string? ClaimedIssuer { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        TestIssuer issuer = new();
        await issuer._app.StartAsync();
        return issuer;
    }

    public void Rotate(string keyId)
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        KeyId = keyId;
    }

    public string Sign(JsonObject claims, string type = "at+jwt") => Sign(claims, new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = type }, input => _key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>alg none: no signature at all (RFC 8725 section 2.1).</summary>
    public string Unsigned(JsonObject claims) => Sign(claims, new JsonObject { ["alg"] = "none", ["kid"] = KeyId }, _ => []);

    /// <summary>HS256 with the public key as the secret (RFC 8725 section 2.1).</summary>
    public string SignWithPublicKey(JsonObject claims, bool asPem) => Sign(
        claims,
        new JsonObject { ["alg"] = "HS256", ["kid"] = KeyId },
        input => HMACSHA256.HashData(asPem ? Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()) : _key.ExportSubjectPublicKeyInfo(), input));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Sign(JsonObject claims, JsonObject header, Func<byte[], byte[]> sign)
    {
        string input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private JsonObject JwkSet()
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        JsonObject jwk = new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
        return new JsonObject { ["keys"] = new JsonArray(jwk) };
    }
}
