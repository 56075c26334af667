using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>Peers that send a byte at a time (slow-loris), against the whole verifier as it is delivered.</summary>
public sealed class SlowPeerTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Headers_bodies_connects_and_handshakes_that_trickle_are_cut_off_and_meanwhile_others_are_served()
    {
        using ServerCertificateFile certificate = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Mqtt = "127.0.0.1:0", Mqtts = "127.0.0.1:0", MqttsCertificate = certificate.Path });
        int http = verifier.Address.Port;
        Task<TimeSpan>[] slow =
        [
            TrickleAsync(http, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray()),
            TrickleAsync(http, "GE"u8.ToArray()),
            TrickleAsync(http, "POST /v1/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: application/eat+cwt\r\nContent-Length: 2000\r\n\r\n"u8.ToArray()),
            TrickleAsync(http, "POST /v1/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: application/eat+cwt\r\nTransfer-Encoding: chunked\r\n\r\n7D0\r\n"u8.ToArray()),
            TrickleAsync(verifier.MqttPort, [0x10, 0x7f, 0x00, 0x04, .. "MQTT"u8]),
            TrickleAsync(verifier.MqttPort, [0x10]),
            TrickleAsync(verifier.MqttsPort, [0x16, 0x03, 0x01, 0x02, 0x00]),
        ];

        using HttpClient client = verifier.Anybody();
        Stopwatch watch = Stopwatch.StartNew();
        int served = 0;
        while (!slow.All(peer => peer.IsCompleted))
        {
            Assert.Equal(200, await client.GetAsync(new Uri("/healthz", UriKind.Relative)).StatusAsync());
            served++;
            await Task.WhenAny(Task.WhenAll(slow), Task.Delay(Pace));
        }

        Assert.True(served > 0, "nobody else was served");
        Assert.All(await Task.WhenAll(slow), lasted => Assert.True(lasted < Longest, $"a slow peer was kept for {lasted}"));
    }

    /// <summary>How long a peer is kept that sends its start at once and then a byte every half second.</summary>
    private static async Task<TimeSpan> TrickleAsync(int port, byte[] start)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(start);
        Task<string> answer = ReadToEndAsync(socket);
        while (!answer.IsCompleted && watch.Elapsed < Longest)
        {
            try
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes("a"));
            }
            catch (SocketException)
            {
                break;
            }

            await Task.WhenAny(answer, Task.Delay(Pace));
        }

        return watch.Elapsed;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        StringBuilder answer = new();
        byte[] buffer = new byte[4096];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }

        return answer.ToString();
    }
}
