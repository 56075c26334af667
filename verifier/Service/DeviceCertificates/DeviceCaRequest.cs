using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>The body that registers a root.</summary>
/// <remarks>The public parameters describe the JSON in the OpenAPI document.</remarks>
internal sealed record DeviceCaRequest(string Certificate, string Proof, string EvidenceStrength, string? Oemid, string? SubjectOrganisation, string? UeidPrefix)
{
    private const int MaxPemLength = 8 * 1024;
    private const int MaxWordLength = 64;
    private const int MaxPrefixDigits = 32;

    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static DeviceCa Parse(ReadOnlyMemory<byte> json, string manufacturer, DateTimeOffset now)
    {
        using RequestFields fields = RequestFields.Parse(json, "certificate", "proof", "evidenceStrength", "oemid", "subjectOrganisation", "ueidPrefix");
        using X509Certificate2 root = RootOf(fields);
        if (CertificateProfile.CheckRoot(root, now) is { } refusal)
        {
            throw refusal.ToProblem();
        }

        RequireProof(fields, root, manufacturer);
        EvidenceStrength strength = EnrolmentWords.TryParseStrength(fields.Text("evidenceStrength", MaxWordLength), out EvidenceStrength parsed) && parsed != Domain.Devices.EvidenceStrength.SelfReported
            ? parsed
            : throw fields.Wrong("evidenceStrength", "another word", "native or hardware-rooted: boards with a device certificate have the native module");
        DeviceCaRules rules = new(OemIdOf(fields), fields.OptionalText("subjectOrganisation", MaxWordLength), PrefixOf(fields));
        return new DeviceCa(Convert.ToHexStringLower(SHA256.HashData(root.RawData)), manufacturer, root.RawData, strength, rules) { AddedAt = now };
    }

    private static X509Certificate2 RootOf(RequestFields fields) => PemBlocks.TryReadAll(fields.Text("certificate", MaxPemLength)) is [("CERTIFICATE", byte[] der)] && DeviceChain.TryLoad(der) is { } root
        ? root
        : throw fields.Wrong("certificate", "no certificate", $"one PEM block CERTIFICATE of at most {DeviceChain.MaxCertificateBytes} bytes");

    // Roots are public: without this, one manufacturer could register another's and enrol its boards.
    private static void RequireProof(RequestFields fields, X509Certificate2 root, string manufacturer)
    {
        string expected = $"a PKCS#10 request (PEM CERTIFICATE REQUEST) signed with the root's key, subject CN={manufacturer}";
        try
        {
            CertificateRequest proof = CertificateRequest.LoadSigningRequestPem(fields.Text("proof", MaxPemLength), HashAlgorithmName.SHA256);
            bool isOfRoot = proof.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(root.PublicKey.ExportSubjectPublicKeyInfo());
            if (isOfRoot && proof.SubjectName.Name == $"CN={manufacturer}")
            {
                return;
            }
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            // Answered below, like a proof of another key.
        }

        throw fields.Wrong("proof", "no proof that the root is this manufacturer's", expected);
    }

    private static OemId? OemIdOf(RequestFields fields) => fields.OptionalText("oemid", MaxWordLength) is not { } text
        ? null
        : OemId.Parse(text) ?? throw fields.Wrong("oemid", $"\"{text}\"", "a private enterprise number in digits, or 32 lower-case hex digits, as a text");

    private static string? PrefixOf(RequestFields fields) => fields.OptionalText("ueidPrefix", MaxPrefixDigits) switch
    {
        null => null,
        string text when text.All(char.IsAsciiHexDigitLower) && text.StartsWith("01", StringComparison.Ordinal) => text,
        string text => throw fields.Wrong("ueidPrefix", $"\"{text}\"", $"up to {MaxPrefixDigits} lower-case hex digits that start with 01"),
    };
}
