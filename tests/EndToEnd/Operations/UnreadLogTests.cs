using System.Diagnostics;
using System.Net;
using System.Text.Json;
using IotAttest.Cli.Bench;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>Whoever should read the log does not: a pipe that is full.</summary>
public sealed class UnreadLogTests
{
    // A pipe holds 64 KiB, the logger 2,500 lines; each request logs several lines at this level.
    private const int Requests = 2_000;

    [Fact]
    public async Task A_log_that_nobody_reads_holds_nobody_up()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("bash") { RedirectStandardOutput = true };
        foreach (string word in (string[])["-c", "exec \"$@\" 2> >(exec sleep 3600)", "bash", "dotnet", typeof(ChildVerifier).Assembly.Location, "serve", "--json", "--data", folder.Path, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["Logging__LogLevel__Default"] = "Trace";
        using Process verifier = Process.Start(start)!;
        try
        {
            using JsonDocument ready = JsonDocument.Parse((await verifier.StandardOutput.ReadLineAsync())!);
            using HttpClient http = new() { BaseAddress = new Uri(ready.RootElement.GetProperty("http").GetString()!), Timeout = Patience.Long };
            for (int request = 0; request < Requests; request++)
            {
                using HttpResponseMessage alive = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
                Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
            }
        }
        finally
        {
            verifier.Kill(entireProcessTree: true);
            await verifier.WaitForExitAsync();
        }
    }
}
