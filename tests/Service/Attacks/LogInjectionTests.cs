using System.Net.Sockets;
using System.Text;
using IotAttest.Mqtt;
using IotAttest.Service.Tests.Lessons;

namespace IotAttest.Service.Tests.Attacks;

/// <summary>What strangers write never begins a line of its own in the log, nor steers the terminal that shows it.</summary>
public sealed class LogInjectionTests
{
    private const string Mark = "FORGED-LINE";

    private static readonly string[] Breaks = ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u001b[2J"];

    [Fact]
    public async Task Names_paths_headers_and_bodies_with_line_breaks_forge_no_line()
    {
        using LogMemory logs = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(change: options => options with { Mqtt = "127.0.0.1:0" }, logs: logs);
        using HttpClient client = verifier.Operator();
        foreach (string lineBreak in Breaks)
        {
            string forged = $"x{lineBreak}{Mark}";
            await client.GetAsync(new Uri($"/v1/devices/{Uri.EscapeDataString(forged)}", UriKind.Relative)).StatusAsync();
            await client.GetAsync(new Uri($"/{Uri.EscapeDataString(forged)}?q={Uri.EscapeDataString(forged)}", UriKind.Relative)).StatusAsync();
            await client.PostJsonAsync("/v1/organisations", new { name = forged, roles = new[] { forged } }).StatusAsync();
            await client.PostJsonAsync("/v1/challenges", new { ueid = forged }).StatusAsync();
            await client.PostTextAsync("/v1/devices", $"{{\"{forged}\":1}}").StatusAsync();
            await RawAsync(verifier.Address.Port, $"GET /healthz HTTP/1.1\r\nHost: x\r\nUser-Agent: a{lineBreak}{Mark}\r\nAuthorization: Bearer a{lineBreak}{Mark}\r\nConnection: close\r\n\r\n");
            await Assert.ThrowsAnyAsync<Exception>(() => MqttClientConnection.ConnectAsync(new MqttClientOptions { Host = "127.0.0.1", Port = verifier.MqttPort, ClientId = forged, UserName = forged, Password = Encoding.UTF8.GetBytes(forged) }));
        }

        // The framework tells paths as they came, at a level that a delivered verifier does not write: it writes warnings and worse.
        string[] lines = [.. logs.Lines.Where(IsWritten)];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.All(Breaks, lineBreak => Assert.DoesNotContain(lineBreak + Mark, line, StringComparison.Ordinal)));
    }

    private static bool IsWritten(string line) => line.Split(' ', 3) is [string level, string category, _]
        && (category.StartsWith("IotAttest", StringComparison.Ordinal) || level is "Warning" or "Error" or "Critical");

    private static async Task RawAsync(int port, string request)
    {
        using TcpClient socket = new();
        await socket.ConnectAsync("127.0.0.1", port);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using StreamReader answer = new(stream);
        try
        {
            await answer.ReadToEndAsync();
        }
        catch (IOException)
        {
            // Refused as no HTTP: the connection may be reset before all was read.
        }
    }
}
