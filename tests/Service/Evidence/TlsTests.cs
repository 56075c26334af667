using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Mqtt;
using IotAttest.Protocol;
using IotAttest.Service.Mqtt.Tls;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Tests;

/// <summary>Boards pin a CA, not a leaf: what lies between must come from the verifier, and a renewed certificate is taken while they stay connected.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-tls-").FullName;
    private readonly int _port = FreePort.Next();

    private string ServerFile => Path.Combine(_folder, "server.pem");

    private string ClientFile => Path.Combine(_folder, "clients.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, SslProtocols.Tls12)]
    [InlineData(false, SslProtocols.Tls13)]
    [InlineData(true, SslProtocols.Tls12)]
    [InlineData(true, SslProtocols.Tls13)]
    public async Task A_board_that_knows_only_the_root_connects_through_an_intermediate(bool isRsa, SslProtocols version)
    {
        using TlsChain chain = new(isRsa);
        await using VerifierUnderTest verifier = await StartAsync(chain);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();

        await using MqttClientConnection connection = await MqttClientConnection.ConnectAsync(Options(board, chain.Root, version));

        Assert.Equal(MqttQualityOfService.AtLeastOnce, await connection.SubscribeAsync(Topics.Challenge(board.Ueid), MqttQualityOfService.AtLeastOnce));
        using TlsChain stranger = new();
        await AssertRefusedAsync(Options(board, stranger.Root, version));
    }

    [Fact]
    public async Task Versions_before_1_2_are_refused()
    {
        using TlsChain chain = new();
        await using VerifierUnderTest verifier = await StartAsync(chain);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();

#pragma warning disable CA5397, CS0618, SYSLIB0039 // The old version is what is tried.
        await AssertRefusedAsync(Options(board, chain.Root, SslProtocols.Tls11));
#pragma warning restore CA5397, CS0618, SYSLIB0039
    }

    [Fact]
    public async Task A_renewed_certificate_is_presented_to_the_next_board_and_nobody_is_cut_off()
    {
        using TlsChain before = new();
        using TlsChain after = new(isRsa: true);
        await using VerifierUnderTest verifier = await StartAsync(before);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard first = await new TestBoard(verifier).EnrolAsync();
        using TestBoard second = await new TestBoard(verifier).EnrolAsync();
        await using MqttClientConnection connected = await MqttClientConnection.ConnectAsync(Options(first, before.Root));

        await File.WriteAllTextAsync(ServerFile, after.Pem);
        verifier.Services.GetRequiredService<TlsMaterials>().Look();

        await using MqttClientConnection renewed = await MqttClientConnection.ConnectAsync(Options(second, after.Root));
        Assert.Equal(MqttQualityOfService.AtLeastOnce, await connected.SubscribeAsync(Topics.Challenge(first.Ueid), MqttQualityOfService.AtLeastOnce));
        await AssertRefusedAsync(Options(second, before.Root));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_leaves_the_one_before_until_it_is_whole()
    {
        using TlsChain before = new();
        using TlsChain after = new();
        await using VerifierUnderTest verifier = await StartAsync(before);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();
        TlsMaterials materials = verifier.Services.GetRequiredService<TlsMaterials>();
        string[] slips = ["", after.Pem[..(after.Pem.Length / 2)], after.Leaf.ExportCertificatePem(), $"{after.Leaf.ExportCertificatePem()}\n{before.Pem[before.Pem.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..]}"];

        foreach (string slip in slips)
        {
            await File.WriteAllTextAsync(ServerFile, slip);
            materials.Look();
            await (await MqttClientConnection.ConnectAsync(Options(board, before.Root))).DisposeAsync();
        }

        File.Delete(ServerFile);
        materials.Look();
        await (await MqttClientConnection.ConnectAsync(Options(board, before.Root))).DisposeAsync();
        await File.WriteAllTextAsync(ServerFile, after.Pem);
        materials.Look();
        await (await MqttClientConnection.ConnectAsync(Options(board, after.Root))).DisposeAsync();
    }

    [Fact]
    public async Task With_a_client_ca_only_boards_with_a_certificate_under_it_get_in()
    {
        using TlsChain server = new();
        using TlsChain clients = new(isClient: true);
        using TlsChain stranger = new(isClient: true);
        using TlsChain wrongUse = new();
        await File.WriteAllTextAsync(ClientFile, $"{clients.Root.ExportCertificatePem()}\n{wrongUse.Root.ExportCertificatePem()}");
        await using VerifierUnderTest verifier = await StartAsync(server, ClientFile);
        using Registry registry = await Registry.OpenAsync(verifier);
        using TestBoard board = await new TestBoard(verifier).EnrolAsync();

        await (await MqttClientConnection.ConnectAsync(Options(board, server.Root, client: clients.Context))).DisposeAsync();

        await AssertRefusedAsync(Options(board, server.Root));
        await AssertRefusedAsync(Options(board, server.Root, client: stranger.Context));
        await AssertRefusedAsync(Options(board, server.Root, client: wrongUse.Context));
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_named_before_anything_starts()
    {
        await File.WriteAllTextAsync(ServerFile, "no certificate");
        OptionsValidationException cause = await Assert.ThrowsAsync<OptionsValidationException>(() => VerifierUnderTest.StartAsync(change: options => options with { Mqtts = $"127.0.0.1:{_port}", MqttsCertificate = ServerFile }));
        OptionsValidationException alone = await Assert.ThrowsAsync<OptionsValidationException>(() => VerifierUnderTest.StartAsync(change: options => options with { MqttsClientCa = ClientFile }));

        Assert.Contains(ServerFile, cause.Message, StringComparison.Ordinal);
        Assert.Contains("MqttsClientCa is given without", alone.Message, StringComparison.Ordinal);
    }

    private static Task<MqttClientException> AssertRefusedAsync(MqttClientOptions options) => Assert.ThrowsAsync<MqttClientException>(() => MqttClientConnection.ConnectAsync(options));

    private async Task<VerifierUnderTest> StartAsync(TlsChain chain, string? clientCa = null)
    {
        await File.WriteAllTextAsync(ServerFile, chain.Pem);
        return await VerifierUnderTest.StartAsync(change: options => options with { Mqtts = $"127.0.0.1:{_port}", MqttsCertificate = ServerFile, MqttsClientCa = clientCa });
    }

    private MqttClientOptions Options(TestBoard board, X509Certificate2 root, SslProtocols version = SslProtocols.None, SslStreamCertificateContext? client = null) => new()
    {
        Host = "127.0.0.1",
        Port = _port,
        ClientId = board.Ueid,
        UserName = board.Ueid,
        Password = Encoding.ASCII.GetBytes(board.Credential),
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            ClientCertificateContext = client,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        },
    };
}
