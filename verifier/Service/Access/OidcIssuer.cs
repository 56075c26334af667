using System.Text.Json;
using IotAttest.Service.Hosting;
using IotAttest.Service.Hosting.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace IotAttest.Service.Access;

/// <summary>What the OIDC issuer says of itself (OpenID Connect Discovery 1.0) and its keys: kept, and read again when it is old or a token names a key that is not in it.</summary>
/// <remarks>Read at most once in <see cref="Pause"/>, whatever strangers send; when the issuer is away, the last answer counts for a day.</remarks>
internal sealed class OidcIssuer : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const string WellKnown = "/.well-known/openid-configuration";
    private const int MaxDocumentBytes = 1024 * 1024;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(24);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly ILogger<OidcIssuer> _logger;
    private readonly Uri? _authority;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = OutboundTls.Options }) { Timeout = Patience, MaxResponseContentBufferSize = MaxDocumentBytes };
    private readonly SemaphoreSlim _reading = new(1);
    private Answer? _last;
    private DateTimeOffset _nextRead;

    public OidcIssuer(VerifierOptions options, TimeProvider clock, ILogger<OidcIssuer> logger)
    {
        _authority = options.OidcAuthority;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>The configuration, or null while the issuer cannot be reached.</summary>
    /// <param name="unfit">A configuration that lacks a key: another one is wanted. Null for any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<OpenIdConnectConfiguration?> ReadAsync(OpenIdConnectConfiguration? unfit, CancellationToken cancellation)
    {
        if (Kept(Fresh) is { } kept && kept != unfit)
        {
            return kept;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            // Somebody else may have read it meanwhile.
            bool isDone = Kept(Fresh) is { } fresh && fresh != unfit;
            if (!isDone && _clock.GetUtcNow() >= _nextRead)
            {
                _nextRead = _clock.GetUtcNow() + Pause;
                await ReadNowAsync(cancellation);
            }

            return Kept(Usable);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private OpenIdConnectConfiguration? Kept(TimeSpan age) => _last is { } last && _clock.GetUtcNow() < last.At + age ? last.Configuration : null;

    private async Task ReadNowAsync(CancellationToken cancellation)
    {
        string authority = _authority!.OriginalString.TrimEnd('/');
        try
        {
            HttpDocumentRetriever documents = new(_http) { RequireHttps = !_authority.IsLoopback };
            OpenIdConnectConfiguration configuration = await OpenIdConnectConfigurationRetriever.GetAsync(authority + WellKnown, documents, cancellation);

            // OpenID Connect Discovery 1.0 section 4.3: the issuer is exactly the one that was asked.
            if (configuration.Issuer?.TrimEnd('/') == authority)
            {
                _last = new Answer(configuration, _clock.GetUtcNow());
            }
            else
            {
                _logger.IssuerUnusable(_authority, "it names another issuer");
            }
        }
        catch (Exception cause) when (cause is IOException or HttpRequestException or JsonException or ArgumentException or InvalidOperationException or SecurityTokenException
            || (cause is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            _logger.IssuerUnusable(_authority, cause.GetType().Name);
        }
    }

    private sealed record Answer(OpenIdConnectConfiguration Configuration, DateTimeOffset At);
}
