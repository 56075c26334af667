using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Protocol;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>A board to enrol by its certificate.</summary>
internal sealed class IDevIdRequest : IDisposable
{
    private const int MaxWordLength = 64;
    private const int MaxPemLength = 24 * 1024;
    private const int MaxBase64Length = (DeviceChain.MaxCertificateBytes + 2) / 3 * 4;
    private const int MaxProofLength = ((EvidenceProfile.MaxEvidenceBytes + 2) / 3 * 4) + 4;

    private IDevIdRequest(string organisation, IReadOnlyList<X509Certificate2> chain) => (Organisation, Chain) = (organisation, chain);

    /// <summary>The manufacturer whose roots may hold the chain.</summary>
    public string Organisation { get; }

    /// <summary>The device certificate first, without the root.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    public FreshnessMode Freshness { get; private init; }

    public string? Owner { get; private init; }

    public string? Credential { get; private init; }

    /// <summary>Evidence of the board over a challenge of this verifier; null when none came along.</summary>
    public byte[]? Proof { get; private init; }

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static IDevIdRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "organisation", "chain", "pem", "freshness", "owner", "credential", "proof");
        string organisation = fields.Text("organisation", MaxWordLength);
        FreshnessMode freshness = EnrolmentWords.TryParseFreshness(fields.OptionalText("freshness", MaxWordLength) ?? FreshnessMode.Challenge.Word(), out FreshnessMode mode)
            ? mode
            : throw fields.Wrong("freshness", "another word", "challenge or epoch");
        string? owner = fields.OptionalText("owner", MaxWordLength);
        string? credential = DeviceCredential.Parse(fields);
        byte[]? proof = ProofOf(fields);
        return new IDevIdRequest(organisation, ChainOf(fields)) { Freshness = freshness, Owner = owner, Credential = credential, Proof = proof };
    }

    public void Dispose()
    {
        foreach (X509Certificate2 certificate in Chain)
        {
            certificate.Dispose();
        }
    }

    private static X509Certificate2[] ChainOf(RequestFields fields)
    {
        bool isPem = fields.Element("pem") is not null;
        string name = isPem ? "pem" : "chain";
        IReadOnlyList<byte[]>? ders = isPem ? DersOfPem(fields.Text("pem", MaxPemLength)) : DersOfBase64(fields.Texts("chain", DeviceChain.MaxCertificates, MaxBase64Length));
        X509Certificate2?[] chain = [.. (ders ?? []).Select(der => DeviceChain.TryLoad(der))];
        if (ders is { Count: > 0 and <= DeviceChain.MaxCertificates } && Array.TrueForAll(chain, certificate => certificate is not null))
        {
            return chain!;
        }

        Array.ForEach(chain, certificate => certificate?.Dispose());
        throw fields.Wrong(name, "no chain of certificates", $"1 to {DeviceChain.MaxCertificates} certificates of at most {DeviceChain.MaxCertificateBytes} bytes, the device certificate first, without the root: \"chain\" as base64 of DER (as x5c of RFC 7515 section 4.1.6), or \"pem\"");
    }

    private static List<byte[]>? DersOfPem(string pem) =>
        PemBlocks.TryReadAll(pem) is { } blocks && blocks.All(block => block.Label == "CERTIFICATE") ? [.. blocks.Select(block => block.Bytes)] : null;

    private static List<byte[]>? DersOfBase64(string[] texts)
    {
        List<byte[]> ders = [];
        byte[] buffer = new byte[MaxBase64Length];
        foreach (string text in texts)
        {
            if (!Convert.TryFromBase64String(text, buffer, out int written))
            {
                return null;
            }

            ders.Add(buffer[..written]);
        }

        return ders;
    }

    private static byte[]? ProofOf(RequestFields fields)
    {
        if (fields.OptionalText("proof", MaxProofLength) is not { } text)
        {
            return null;
        }

        return Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : throw fields.Wrong("proof", "no base64url", "evidence of the board over a challenge of this verifier, in base64url");
    }
}
