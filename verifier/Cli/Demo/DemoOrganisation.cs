using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Demo;

/// <summary>An organisation with its signing key and its own login at the verifier.</summary>
internal sealed class DemoOrganisation : IDisposable
{
    private DemoOrganisation(string name, ECDsa key, VerifierClient client)
    {
        Name = name;
        Key = key;
        Client = client;
    }

    public string Name { get; }

    public ECDsa Key { get; }

    public VerifierClient Client { get; }

    /// <summary>Makes a key and registers the organisation, as <c>key new</c> and <c>org add</c> do.</summary>
    public static async Task<DemoOrganisation> RegisterAsync(VerifierClient operatorClient, Uri server, string name, string role, CancellationToken cancellation)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        JsonElement answer = await operatorClient.PostAsync(
            "/v1/organisations", new { name, roles = new[] { role }, keys = new[] { key.ExportSubjectPublicKeyInfoPem() } }, cancellation);
        return new DemoOrganisation(name, key, new VerifierClient(server, answer.GetProperty("token").GetString()));
    }

    public void Dispose()
    {
        Client.Dispose();
        Key.Dispose();
    }
}
