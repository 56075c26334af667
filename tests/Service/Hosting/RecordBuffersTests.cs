using System.Net.Security;
using System.Security.Authentication;
using IotAttest.Service.Hosting.Tls;

namespace IotAttest.Service.Tests;

/// <summary>On this runtime, and with the OpenSSL it loaded, idle connections give their record buffers back and work as before.</summary>
[Collection(Alone.Name)]
public sealed class RecordBuffersTests
{
    private const int Pairs = 60;
    private const int Rounds = 5;
    private const int BothBuffers = 32 * 1024;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Two_buffers_of_sixteen_kilobytes_come_back_for_each_idle_connection(SslProtocols version)
    {
        using TlsChain chain = new();
        await MeasureAsync(chain, version, pair => pair.Server.IsAuthenticated);

        // The rest of the process allocates too, a few hundred bytes for each pair: a measurement that it disturbed is made again. Kept buffers differ by nothing, however often.
        string seen = "";
        for (int round = 0; round < Rounds; round++)
        {
            long kept = await MeasureAsync(chain, version, pair => !RecordBuffers.Current.IsReleased(pair.Server));
            long released = await MeasureAsync(chain, version, pair => RecordBuffers.Current.Release(pair.Server) && RecordBuffers.Current.IsReleased(pair.Server));
            Assert.Null(RecordBuffers.Current.Obstacle);
            if (kept - released > BothBuffers * 3 / 4)
            {
                return;
            }

            seen += $"{kept} bytes of native memory for each pair before, {released} after; ";
        }

        Assert.Fail(seen);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task What_goes_over_a_connection_without_buffers_arrives(SslProtocols version)
    {
        using TlsChain chain = new();
        using TlsPair pair = await TlsPair.ConnectAsync(chain, version);
        Assert.True(RecordBuffers.Current.Release(pair.Server));

        // Around the limit of a record (RFC 8446 section 5.1), and over many of them.
        foreach (int length in new[] { 1, 16_383, 16_384, 16_385, 300_000, 1 })
        {
            Assert.True(await pair.EchoAsync(length));
        }
    }

    [Fact]
    public async Task A_connection_that_ended_and_one_without_a_handshake_are_left_alone()
    {
        using TlsChain chain = new();
        TlsPair ended = await TlsPair.ConnectAsync(chain, SslProtocols.Tls13);
        ended.Dispose();
        using SslStream fresh = new(new MemoryStream());

        Assert.False(RecordBuffers.Current.Release(ended.Server));
        Assert.False(RecordBuffers.Current.Release(fresh));
    }

    [Fact]
    public async Task Connections_that_end_while_they_are_asked_to_break_nothing()
    {
        using TlsChain chain = new();
        for (int round = 0; round < 50; round++)
        {
            using TlsPair pair = await TlsPair.ConnectAsync(chain, SslProtocols.Tls13);
            await Task.WhenAll(Task.Run(pair.Server.Dispose), Task.Run(() => RecordBuffers.Current.Release(pair.Server)));
            Assert.False(RecordBuffers.Current.IsReleased(pair.Server));
        }
    }

    /// <summary>Native bytes that a pair of idle ends holds.</summary>
    private static async Task<long> MeasureAsync(TlsChain chain, SslProtocols version, Func<TlsPair, bool> prepare)
    {
        long before = NativeMemory.Bytes();
        List<TlsPair> pairs = [];
        for (int made = 0; made < Pairs; made++)
        {
            TlsPair pair = await TlsPair.ConnectAsync(chain, version);
            pairs.Add(pair);
            Assert.True(prepare(pair));
            Assert.True(await pair.EchoAsync(100));
        }

        long after = NativeMemory.Bytes();
        pairs.ForEach(pair => pair.Dispose());
        return (after - before) / Pairs;
    }
}
