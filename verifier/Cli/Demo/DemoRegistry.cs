using System.Text.Json;
using IotAttest.Cli.Corims;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Demo;

/// <summary>Signs and submits over HTTP what a manufacturer and a certification body would; keeps the files in a folder.</summary>
internal sealed class DemoRegistry(DemoOrganisation manufacturer, DemoOrganisation body, string folder, TimeProvider clock)
{
    private const string MediaType = "application/rim+cose";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    /// <summary>Submits a signed manifest.</summary>
    public async Task<SignedCorim> SubmitAsync(string name, BuildManifest manifest, CancellationToken cancellation)
    {
        byte[] file = BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), manufacturer.Name, manifest.ClassId.ToString("D"), manufacturer.Key);
        Keep($"build-{name}.corim", file);
        await manufacturer.Client.PostAsync("/v1/builds", file, MediaType, cancellation);
        return CorimFile.Decode(name, file);
    }

    /// <summary>Certifies a submitted manifest; the certificate's id is DEMO- and its name.</summary>
    public async Task CertifyAsync(string name, SignedCorim signed, BuildManifest manifest, string level, CancellationToken cancellation)
    {
        DateTimeOffset until = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Validity).ToUnixTimeSeconds());
        CertificateEndorsement certificate = new($"DEMO-{name}", DemoNames.Scheme, level, body.Name, signed.Sha256, manifest.ClassId, manifest.Components, until);
        byte[] file = CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(certificate), body.Name, certificate.CertificateId, body.Key);
        Keep($"certificate-{name}.corim", file);
        await body.Client.PostAsync("/v1/certificates", file, MediaType, cancellation);
    }

    /// <summary>Enrols boards as one batch of JSON Lines.</summary>
    public async Task EnrolAsync(IEnumerable<byte[]> records, CancellationToken cancellation)
    {
        string[] replies = await manufacturer.Client.PostLinesAsync("/v1/devices", [.. records.SelectMany(record => record.Append((byte)'\n'))], cancellation);
        foreach (string reply in replies)
        {
            using JsonDocument line = JsonDocument.Parse(reply);
            if (line.RootElement.GetProperty("status").GetInt32() is not (200 or 201))
            {
                throw Failures.CliException.Fault($"a board that was not enrolled: {reply}", "201 for every board", "report it");
            }
        }
    }

    private void Keep(string name, byte[] file) => File.WriteAllBytes(Path.Combine(folder, name), file);
}
