using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace nanoFramework.M2Mqtt;

/// <summary>One TCP or TLS connection that carries MQTT packets; reading is asynchronous, so an idle client holds no thread.</summary>
internal sealed class MqttTransport : IDisposable
{
    private const int FirstBufferBytes = 1024;
    private const int MaxPacketBytes = 65536;
    private const int SendTimeoutMs = 30000;

    private readonly Socket _socket;
    private readonly Lock _writeGate = new();
    private Stream _stream;
    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;

    private MqttTransport(Socket socket) => _socket = socket;

    public static async Task<MqttTransport> OpenAsync(string host, int port, SslClientAuthenticationOptions tls, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = SendTimeoutMs };
        MqttTransport transport = new(socket);
        try
        {
            await socket.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            transport._stream = await SecureAsync(new NetworkStream(socket), tls, cancellation).ConfigureAwait(false);
            return transport;
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>The TLS options of a client that trusts one CA, or the machine's when it is null.</summary>
    public static SslClientAuthenticationOptions TlsOptions(string host, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols protocol)
    {
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = host,
            EnabledSslProtocols = VersionOf(protocol),
            ClientCertificates = clientCert is null ? null : [clientCert],
        };
        if (caCert is not null)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(caCert.GetRawCertData()));
            options.CertificateChainPolicy = policy;
        }

        return options;
    }

    public void Send(ReadOnlyMemory<byte> packet)
    {
        lock (_writeGate)
        {
            _stream.Write(packet.Span);
        }
    }

    /// <summary>The next packet, or one of type 0 when the peer closed the connection.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak MQTT 3.1.1, or sends more than 64 KiB at once.</exception>
    public async ValueTask<ReceivedPacket> ReadAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(2, cancellation).ConfigureAwait(false))
        {
            return default;
        }

        byte head = _buffer[_start];
        int length = 0;
        int digits = 0;
        byte digit;
        do
        {
            // MQTT 3.1.1 section 2.2.3: seven bits per byte, at most four bytes.
            if (digits == 4 || !await FillAsync(digits + 2, cancellation).ConfigureAwait(false))
            {
                throw new InvalidDataException();
            }

            digit = _buffer[_start + 1 + digits];
            length |= (digit & 0x7F) << (7 * digits);
            digits++;
        }
        while ((digit & 0x80) != 0);

        int headBytes = digits + 1;
        if (length > MaxPacketBytes || !await FillAsync(headBytes + length, cancellation).ConfigureAwait(false))
        {
            throw new InvalidDataException();
        }

        ReadOnlyMemory<byte> body = _buffer.AsMemory(_start + headBytes, length);
        _start += headBytes + length;
        return new ReceivedPacket(head, body);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    // A board turns None into TLS 1.3 only, too.
    private static SslProtocols VersionOf(MqttSslProtocols protocol)
    {
        bool isTls12 = protocol == MqttSslProtocols.TLSv1_2;
#pragma warning disable CA5397 // The rule takes the 4 of MqttSslProtocols.TLSv1_2 for the 4 of another enum.
        return isTls12 ? SslProtocols.Tls12 : SslProtocols.Tls13;
#pragma warning restore CA5397
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, SslClientAuthenticationOptions tls, CancellationToken cancellation)
    {
        if (tls is null)
        {
            return plain;
        }

        SslStream secured = new(plain);
        await secured.AuthenticateAsClientAsync(tls, cancellation).ConfigureAwait(false);
        return secured;
    }

    /// <summary>Reads until <paramref name="count"/> bytes lie in the buffer; false at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (_buffer.Length - _start < count)
        {
            byte[] target = count > _buffer.Length ? new byte[count] : _buffer;
            Array.Copy(_buffer, _start, target, 0, _end - _start);
            _end -= _start;
            _start = 0;
            _buffer = target;
        }

        while (_end - _start < count)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
