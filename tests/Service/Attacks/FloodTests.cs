using System.Net.Http.Headers;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Hosting;
using IotAttest.Support;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>A board may send so much and no more, however often it connects; whoever else is there goes on.</summary>
public sealed class FloodTests
{
    private const int PerSecond = 10;
    private const int Burst = 50;

    [Fact]
    public async Task A_board_that_floods_is_disconnected_also_after_it_connects_again_and_its_neighbour_is_served()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartWithMqttAsync(change: options => options with { BoardMessagesPerSecond = PerSecond });
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        using TestBoard neighbour = await new TestBoard(verifier).EnrolAsync();

        int first = await FloodAsync(verifier, board);
        int second = await FloodAsync(verifier, board);

        Assert.InRange(first, Burst, 4 * Burst);
        Assert.True(second < first, $"{second} messages through the second connection, {first} through the first");
        await using MqttBoard quiet = await MqttBoard.ConnectAsync(verifier, neighbour);
        await quiet.PublishEvidenceAsync(neighbour.Evidence(await quiet.HelloAsync()));
        Assert.NotEmpty(await quiet.ResultAsync());
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void The_budget_has_bounds(int perSecond, bool isFine) =>
        Assert.Equal(isFine, Record.Exception(() => VerifierOptionsCheck.Check(new VerifierOptions { BoardMessagesPerSecond = perSecond })) is not OptionsValidationException);

    [Fact]
    public async Task Bodies_are_never_unpacked_however_they_say_they_are_packed()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();
        foreach (string encoding in new[] { "gzip", "br", "deflate", "zstd", "gzip, gzip" })
        {
            foreach ((string path, string type) in new[] { ("/v1/evidence", TestBoard.EvidenceType), ("/v1/organisations", "application/json"), ("/v1/builds", SignedFiles.MediaType), ("/v1/challenges", "application/json") })
            {
                using ByteArrayContent bomb = new(Bomb());
                bomb.Headers.ContentType = new MediaTypeHeaderValue(type);
                bomb.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

                Assert.InRange(await client.PostAsync(new Uri(path, UriKind.Relative), bomb).StatusAsync(), 400, 415);
            }
        }
    }

    [Theory]
    [InlineData("[", "]", "1")]
    [InlineData("{\"a\":", "}", "1")]
    public async Task Depth_is_refused_before_it_costs_anything(string open, string close, string inside)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using Registry registry = await Registry.OpenAsync(verifier);
        using HttpClient maker = registry.MakerClient();
        using HttpClient client = verifier.Operator();
        string deep = string.Concat(Enumerable.Repeat(open, 5000)) + inside + string.Concat(Enumerable.Repeat(close, 5000));
        foreach (string path in new[] { "/v1/challenges", "/v1/organisations", "/v1/devices", "/v1/gate", "/v1/webhooks", "/v1/policies", "/v1/cases" })
        {
            Assert.InRange(await client.PostTextAsync(path, deep).StatusAsync(), 400, 415);
        }

        // CBOR: arrays, maps, tags, and strings of indefinite length one inside the other.
        foreach (byte[] head in new byte[][] { [0x81], [0xa1, 0x01], [0xd9, 0x01, 0xf5], [0x9f], [0x5f] })
        {
            byte[] nested = [.. Enumerable.Repeat(head, 2000).SelectMany(bytes => bytes).Take(2000)];
            Assert.InRange(await maker.PostBytesAsync("/v1/builds", nested, SignedFiles.MediaType).StatusAsync(), 400, 415);
            Assert.InRange(await client.PostBytesAsync("/v1/evidence", nested, TestBoard.EvidenceType).StatusAsync(), 400, 415);
        }
    }

    // A megabyte of zeros as gzip: a thousandth of that.
    private static byte[] Bomb()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            gzip.Write(new byte[1024 * 1024]);
        }

        return packed.ToArray();
    }

    private static async Task<int> FloodAsync(VerifierUnderTest verifier, TestBoard board)
    {
        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(MqttBoard.Options(verifier, board));
        int sent = 0;
        try
        {
            for (; sent < 20 * Burst; sent++)
            {
                await connection.PublishAsync(Topics.Hello(board.Ueid), default).AsTask().WaitAsync(Patience.Long);
            }
        }
        catch (MqttClientException)
        {
            // The connection is gone, as it should be.
        }

        return sent;
    }
}
