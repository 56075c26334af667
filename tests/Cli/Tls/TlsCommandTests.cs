using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Tls;

/// <summary><c>tls init</c> and <c>tls renew</c>, judged by OpenSSL.</summary>
public sealed class TlsCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [RequiresToolTheory("openssl")]
    [InlineData("rsa", "tls1_2")]
    [InlineData("rsa", "tls1_3")]
    [InlineData("ecdsa", "tls1_2")]
    [InlineData("ecdsa", "tls1_3")]
    public async Task OpenSSL_takes_the_server_by_the_ca_alone(string kind, string version)
    {
        CommandResult made = (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "localhost", "--name", "127.0.0.1", "--key", kind)).Ended(0);
        using Hosting.ServedVerifier verifier = await Hosting.ServedVerifier.StartAsync(_line.Folder, "--mqtts", "127.0.0.1:0", "--mqtts-certificate", "tls/server.pem");

        Assert.Contains("move it off this machine", made.Out, StringComparison.Ordinal);
        Assert.Equal(0, await ConnectAsync(verifier.Mqtts, version, "ca.pem", "localhost"));
        Assert.NotEqual(0, await ConnectAsync(verifier.Mqtts, version, "backup-ca.pem", "localhost"));
        Assert.NotEqual(0, await ConnectAsync(verifier.Mqtts, version, "ca.pem", "elsewhere"));
    }

    [RequiresToolFact("openssl")]
    public async Task The_backup_ca_takes_over_without_a_restart()
    {
        (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "localhost", "--key", "ecdsa")).Ended(0);
        using Hosting.ServedVerifier verifier = await Hosting.ServedVerifier.StartAsync(_line.Folder, "--mqtts", "127.0.0.1:0", "--mqtts-certificate", "tls/server.pem");

        (await _line.RunAsync("tls", "renew", "--dir", "@tls", "--backup")).Ended(0);

        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (await ConnectAsync(verifier.Mqtts, "tls1_3", "backup-ca.pem", "localhost") != 0)
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < Patience.Long, "the new certificate was not taken");
        }
    }

    [Fact]
    public async Task Private_keys_are_for_the_owner_alone_and_renewal_makes_a_new_one_for_the_same_names()
    {
        (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "verifier.example", "--name", "10.1.2.3", "--key", "ecdsa", "--days", "10")).Ended(0);
        string before = File.ReadAllText(_line.PathOf("tls/server.pem"));
        (await _line.RunAsync("tls", "renew", "--dir", "@tls", "--days", "20")).Ended(0);
        string after = File.ReadAllText(_line.PathOf("tls/server.pem"));

        Assert.All(["ca.key.pem", "backup-ca.key.pem", "server.pem"], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_line.PathOf($"tls/{file}"))));
        using X509Certificate2 old = X509Certificate2.CreateFromPem(before);
        using X509Certificate2 now = X509Certificate2.CreateFromPem(after, after);
        X509SubjectAlternativeNameExtension names = now.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.NotEqual(old.GetPublicKeyString(), now.GetPublicKeyString());
        Assert.Equal(["verifier.example"], names.EnumerateDnsNames());
        Assert.Equal(["10.1.2.3"], names.EnumerateIPAddresses().Select(address => address.ToString()));
        Assert.Equal(_line.Clock.GetUtcNow().AddDays(20).UtcDateTime, now.NotAfter.ToUniversalTime());
    }

    [Fact]
    public async Task A_ca_that_boards_know_is_never_replaced()
    {
        (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "localhost", "--key", "ecdsa")).Ended(0);
        byte[] before = SHA256.HashData(File.ReadAllBytes(_line.PathOf("tls/ca.pem")));

        CommandResult again = (await _line.RunAsync("tls", "init", "--out", "@tls", "--name", "localhost")).Ended(2);

        Assert.Contains("tls renew", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(_line.PathOf("tls/ca.pem"))));
    }

    [Theory]
    [InlineData("tls", "init", "--out", "@tls")]
    [InlineData("tls", "init", "--out", "@tls", "--name", "https://localhost")]
    [InlineData("tls", "init", "--out", "@tls", "--name", "localhost:8883")]
    [InlineData("tls", "init", "--out", "@tls", "--name", "localhost", "--days", "0")]
    [InlineData("tls", "init", "--out", "@tls", "--name", "localhost", "--key", "ed25519")]
    [InlineData("tls", "renew", "--dir", "@nowhere")]
    public async Task What_cannot_be_made_is_wrong_usage_and_leaves_nothing(params string[] words)
    {
        (await _line.RunAsync(words)).Ended(2);

        Assert.False(Directory.Exists(_line.PathOf("tls")));
    }

    // s_client ends with 0 when the chain and the name hold, else with 1.
    private async Task<int> ConnectAsync(string address, string version, string ca, string name)
    {
        System.Diagnostics.ProcessStartInfo start = new(Tools.Find("openssl")!, ["s_client", "-connect", address, $"-{version}", "-CAfile", _line.PathOf($"tls/{ca}"), "-verify_hostname", name, "-verify_return_error"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
