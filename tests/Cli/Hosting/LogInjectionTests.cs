using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Mqtt;

namespace IotAttest.Cli.Tests.Hosting;

/// <summary>A verifier that logs everything, fed with names that try to be log lines.</summary>
public sealed partial class LogInjectionTests
{
    // No forged line begins with what a real one begins with, whatever form the log has.
    private const string Hostile = "x\r\n2026-11-22T12:00:00.000Z crit: Forged[1] forged\n{\"EventId\":1,\"Category\":\"Forged\"}\u001b[31m\u202E";

    private static readonly (string, string)[] Verbose = [("Logging__LogLevel__Default", "Debug")];

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Nothing_from_outside_breaks_or_forges_a_record(string format)
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartWithAsync(line.Folder, Verbose, "--log-format", format);
        await SendHostileNamesAsync(verifier);
        string token = verifier.Token;
        Assert.Equal(0, await verifier.Process.TerminateAsync());

        string[] records = verifier.Process.Errors;

        Assert.All(records, record => Assert.Matches(format == "json" ? JsonRecord() : TextRecord(), record));
        Assert.All(records, record => Assert.DoesNotContain(record, character => char.IsControl(character) || character == '\u202E'));
        Assert.DoesNotContain(records, record => format == "json" && JsonElement.Parse(record).GetProperty("Category").GetString() == "Forged");
        Assert.True(records.Count(record => record.Contains("forged", StringComparison.Ordinal)) >= 2, $"the hostile names are in the log:\n{string.Join('\n', records.TakeLast(30))}");
        Assert.DoesNotContain(records, record => record.Contains(token, StringComparison.Ordinal));
    }

    private static async Task SendHostileNamesAsync(ServedVerifier verifier)
    {
        using HttpClient http = new() { BaseAddress = verifier.Http, DefaultRequestHeaders = { Authorization = new("Bearer", verifier.Token) } };
        using LoadFleet fleet = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, 1);
        IPEndPoint mqtt = IPEndPoint.Parse(verifier.Mqtt);

        // A client id, a user name: refused, and logged with its name.
        await Assert.ThrowsAsync<MqttClientException>(() => MqttClientConnection.ConnectAsync(Options(mqtt, Hostile, Hostile, "none")));

        // A topic: a board with a login that may not publish there.
        EvidenceMaker board = fleet.Boards[0];
        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(Options(mqtt, board.Ueid, board.Ueid, board.Credential));
        await Assert.ThrowsAsync<MqttClientException>(() => connection.PublishAsync(Hostile, new byte[] { 1 }, MqttQualityOfService.AtLeastOnce).AsTask());

        // A path and a user agent, both as raw bytes and as a path that decodes to them.
        await RawAsync(verifier.Http, $"GET /v1/builds/{Uri.EscapeDataString(Hostile)} HTTP/1.1\r\nHost: a\r\nUser-Agent: x\u001b[31m forged\r\nConnection: close\r\n\r\n");
        await RawAsync(verifier.Http, "GET /\u001b[31mforged HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static MqttClientOptions Options(IPEndPoint address, string clientId, string userName, string password) =>
        new() { Host = address.Address.ToString(), Port = address.Port, ClientId = clientId, UserName = userName, Password = Encoding.ASCII.GetBytes(password) };

    private static async Task RawAsync(Uri http, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, http.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using MemoryStream answer = new();
        await client.GetStream().CopyToAsync(answer);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?:trce|dbug|info|warn|fail|crit): (?!Forged)[^ \[\]]+\[\d+\] ")]
    private static partial Regex TextRecord();

    [GeneratedRegex("^\\{\"Timestamp\":\"[^\"]+\",\"EventId\":\\d+,\"LogLevel\":\"\\w+\",\"Category\":\"(?!Forged)[^\"]+\",.*\\}$")]
    private static partial Regex JsonRecord();
}
