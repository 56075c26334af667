using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IotAttest.Service.Hosting;
using IotAttest.Service.Hosting.Tls;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>Redeems a code at the issuer (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Only the ID token is looked at; an access token is not kept.</summary>
internal sealed class TokenEndpoint : IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;
    private const string BasicAuthentication = "client_secret_basic";
    private const string PostAuthentication = "client_secret_post";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, SslOptions = OutboundTls.Options }) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
    private readonly string? _clientId;
    private readonly string? _secret;

    /// <exception cref="InvalidOperationException">The file with the secret went away after the options were checked: never a public client by mistake.</exception>
    public TokenEndpoint(VerifierOptions options)
    {
        _clientId = options.OidcClientId;
        _secret = options.OidcClientSecretFile is { } path
            ? ClientSecret.Read(path).Secret ?? throw new InvalidOperationException($"OidcClientSecretFile is {path} and cannot be read any more; start again with a file that holds the client's secret.")
            : null;
    }

    /// <summary>Asks for the ID token.</summary>
    /// <returns>The token as it came, unchecked; or null and why, in words of our own.</returns>
    public async Task<(string? IdToken, SignInFault Fault, string Seen)> RedeemAsync(OpenIdConnectConfiguration issuer, string code, string verifier, string redirectUri, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = RequestOf(issuer, code, verifier, redirectUri);
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return Read(response.StatusCode, answer.RootElement);
        }
        catch (JsonException)
        {
            return (null, SignInFault.Refused, "no JSON from the token endpoint of the issuer");
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException || (cause is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, SignInFault.Away, "no answer from the token endpoint of the issuer");
        }
    }

    public void Dispose() => _http.Dispose();

    private static (string? IdToken, SignInFault Fault, string Seen) Read(HttpStatusCode status, JsonElement answer)
    {
        if (status == HttpStatusCode.OK && Text(answer, "id_token") is { } idToken)
        {
            return (idToken, default, "");
        }

        string seen = status == HttpStatusCode.OK ? "no ID token from the token endpoint of the issuer" : $"{OAuthError.InWords(Text(answer, "error"))} from the token endpoint of the issuer";
        return (null, SignInFault.Refused, seen);
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private HttpRequestMessage RequestOf(OpenIdConnectConfiguration issuer, string code, string verifier, string redirectUri)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = _clientId!,
            ["code_verifier"] = verifier,
        };
        HttpRequestMessage request = new(HttpMethod.Post, issuer.TokenEndpoint);
        request.Headers.Accept.ParseAdd("application/json");
        if (_secret is not null && TakesPostAlone(issuer))
        {
            form["client_secret"] = _secret;
        }
        else if (_secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", BasicOf(_clientId!, _secret));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    /// <summary>OpenID Connect Discovery 1.0 section 3: without a list, it is client_secret_basic.</summary>
    private static bool TakesPostAlone(OpenIdConnectConfiguration issuer) =>
        issuer.TokenEndpointAuthMethodsSupported.Contains(PostAuthentication) && !issuer.TokenEndpointAuthMethodsSupported.Contains(BasicAuthentication);

    /// <summary>RFC 6749 section 2.3.1: both are form-encoded before they are joined.</summary>
    private static string BasicOf(string clientId, string secret) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebUtility.UrlEncode(clientId)}:{WebUtility.UrlEncode(secret)}"));
}
