using System.Net.Security;
using System.Security.Cryptography;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt.Tls;

/// <summary>Keeps what the TLS listener presents as new as its files: a certificate is renewed without a restart, and without losing a connection.
/// Files that cannot be used leave what was there, so that a slip at renewal cuts nobody off before the old certificate expires.</summary>
internal sealed class TlsMaterials : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(21);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromHours(12);

    private readonly string? _certificatePath;
    private readonly string? _clientCaPath;
    private readonly TimeProvider _time;
    private readonly ILogger<TlsMaterials> _logger;
    private TlsMaterial? _current;
    private byte[] _refused = [];
    private DateTimeOffset _warned;

    public TlsMaterials(VerifierOptions options, TimeProvider time, ILogger<TlsMaterials> logger)
    {
        (_certificatePath, _clientCaPath, _time, _logger) = (options.Mqtts is null ? null : options.MqttsCertificate, options.MqttsClientCa, time, logger);
        _current = _certificatePath is null ? null : TlsMaterial.Read(_certificatePath, _clientCaPath);
    }

    /// <summary>Options for the next connection.</summary>
    /// <exception cref="InvalidOperationException">No certificate was given.</exception>
    public SslServerAuthenticationOptions Next() =>
        Volatile.Read(ref _current)?.ToOptions() ?? throw new InvalidOperationException("MQTT over TLS has no certificate.");

    /// <summary>Takes what the files hold now when they changed.</summary>
    public void Look()
    {
        byte[] digest = [];
        try
        {
            digest = TlsMaterial.DigestNow(_certificatePath!, _clientCaPath);
            if (!digest.AsSpan().SequenceEqual(_current!.Digest) && !digest.AsSpan().SequenceEqual(_refused))
            {
                TlsMaterial changed = TlsMaterial.Read(_certificatePath!, _clientCaPath);
                Volatile.Write(ref _current, changed);
                _logger.CertificateRenewed(changed.Leaf.Subject, changed.Leaf.NotAfter.ToUniversalTime());
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Refuse(digest, cause);
        }

        WarnOfExpiry();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_certificatePath is null)
        {
            return;
        }

        using PeriodicTimer timer = new(LookEvery, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    // Said once for each content: a file that is being written is looked at again when it is whole.
    private void Refuse(byte[] digest, Exception cause)
    {
        if (_refused.Length == 0 || !digest.AsSpan().SequenceEqual(_refused))
        {
            _logger.CertificateNotTaken(_certificatePath!, cause.Message, _current!.Leaf.NotAfter.ToUniversalTime());
        }

        _refused = digest.Length == 0 ? [0] : digest;
    }

    private void WarnOfExpiry()
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset until = _current!.Leaf.NotAfter;
        if (until - now < WarnBefore && now - _warned > WarnEvery)
        {
            _warned = now;
            _logger.CertificateExpires(_current.Leaf.Subject, until.UtcDateTime);
        }
    }
}
