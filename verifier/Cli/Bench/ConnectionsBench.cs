using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Commands.Tls;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Bench;

/// <summary>Connects a fleet that does nothing, weighs the verifier, then cuts a part off and lets it come back all at once.</summary>
internal static class ConnectionsBench
{
    private const int PerAddress = 20_000;
    private const int AtOnce = 200;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static async Task<ConnectionsReport> RunAsync(int count, int storm, string? key, Action<string> say, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        using TemporaryFolder folder = new();
        using LoadFleet fleet = await EnrolAsync(folder.Path, count, say, cancellation);
        using X509Certificate2? root = key is null ? null : MakeCertificate(folder.Path, key);
        string[] tls = root is null ? [] : ["--mqtts", "127.0.0.1:0", "--mqtts-certificate", Path.Combine(folder.Path, "server.pem")];

        // A fresh start shows what connections cost, not what enrolling left behind.
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder.Path, cancellation, ["--attest-every", "1d", .. tls]);
        IPEndPoint server = IPEndPoint.Parse(root is null ? $"{verifier.MqttHost}:{verifier.MqttPort}" : verifier.Mqtts!);
        await Task.Delay(Settle, cancellation);
        long empty = verifier.ResidentBytes;
        IdleBoard[] boards = [.. fleet.Boards.Select((board, index) => new IdleBoard(board, server, IPAddress.Parse($"127.0.0.{2 + (index / PerAddress)}"), root))];
        try
        {
            say($"{count:N0} boards connect, {AtOnce} at a time");
            (double connectSeconds, _) = await ConnectAsync(boards, AtOnce, cancellation);
            await Task.Delay(Settle, cancellation);
            long connected = verifier.ResidentBytes;
            say($"{storm:N0} of them are cut off and come back all at once");
            (double stormSeconds, int retries) = await StormAsync(boards[..storm], cancellation);
            return new ConnectionsReport(
                BenchRun.Machine, at, key is null ? "TCP" : $"TLS, {key}", count, empty, connected, connectSeconds, storm, stormSeconds, retries, boards[storm..].Count(board => !board.IsConnected), OpenFiles.Limit());
        }
        finally
        {
            await Task.WhenAll(boards.Select(board => board.DisposeAsync().AsTask()));
        }
    }

    private static async Task<LoadFleet> EnrolAsync(string folder, int count, Action<string> say, CancellationToken cancellation)
    {
        say($"{count:N0} boards are enrolled");
        using ChildVerifier verifier = await ChildVerifier.StartAsync(folder, cancellation);
        using HttpClient http = verifier.Operator();
        return await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, count);
    }

    private static X509Certificate2 MakeCertificate(string folder, string kind)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using AsymmetricAlgorithm rootKey = CertificateMaker.NewKey(kind);
        X509Certificate2 root = CertificateMaker.MakeRoot("bench", rootKey, now, 2);
        using AsymmetricAlgorithm key = CertificateMaker.NewKey(kind);
        using X509Certificate2 server = CertificateMaker.MakeServer(root, ["localhost"], key, now, 1);
        new TlsFolder(folder).WriteServer(server, key, mayReplace: true);
        return root;
    }

    private static async Task<(double Seconds, int Retries)> ConnectAsync(IdleBoard[] boards, int atOnce, CancellationToken cancellation)
    {
        int retries = 0;
        Stopwatch watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(boards, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation }, async (board, stop) => Interlocked.Add(ref retries, await board.ConnectAsync(stop)));
        return (watch.Elapsed.TotalSeconds, retries);
    }

    private static async Task<(double Seconds, int Retries)> StormAsync(IdleBoard[] boards, CancellationToken cancellation)
    {
        Array.ForEach(boards, board => board.Cut());
        Stopwatch watch = Stopwatch.StartNew();
        int[] retries = await Task.WhenAll(boards.Select(board => Task.Run(() => board.ConnectAsync(cancellation), cancellation)));
        return (watch.Elapsed.TotalSeconds, retries.Sum());
    }
}
