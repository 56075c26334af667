using IotAttest.Domain.Corim;
using IotAttest.Domain.Tests.Corim;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>The body of a certificate: taken only in exactly the form that the writer gives it.</summary>
internal sealed class CertificateTarget : FuzzTarget
{
    private readonly Lazy<byte[]> _header = new(() =>
    {
        using System.Security.Cryptography.ECDsa key = CorimSamples.NewKey();
        return CorimSeeds.HeaderOf(CorimSamples.Signed(CorimSamples.Certificate, key));
    });

    public override string Name => "certificate";

    public override IEnumerable<byte[]> Seeds => [CorimSeeds.Certificate];

    public override byte[][] Words => Cbor.Words;

    public override long BaseBytes => 64 * 1024;

    public override long BytesPerByte => 256;

    public override Outcome Decode(byte[] input) => TryRead(input, out CertificateEndorsement? certificate, out CorimError? error)
        ? new Outcome(true, HashCode.Combine(certificate!.CertificateId, certificate.Scheme, certificate.Level, certificate.Components.Count))
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        TryRead(input, out CertificateEndorsement? certificate, out _);
        Hold.Same(input, CertificateEndorsementWriter.EncodeBody(certificate!), "an accepted certificate is not written as it was read");
        Hold.Same(input, Cbor.Transcode(input), "an accepted certificate is not in deterministic form");
    }

    private bool TryRead(byte[] body, out CertificateEndorsement? certificate, out CorimError? error)
    {
        certificate = null;
        return SignedCorim.TryDecode(CorimSeeds.Framed(_header.Value, body), out SignedCorim? signed, out error) && CertificateEndorsementReader.TryRead(signed, out certificate, out error);
    }
}
