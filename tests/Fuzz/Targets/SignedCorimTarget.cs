using IotAttest.Domain.Corim;
using IotAttest.Domain.Tests.Corim;
using IotAttest.Domain.Transparency;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>A signed file as it is uploaded: envelope, headers, and which of the two documents it is; with receipts or without.</summary>
internal sealed class SignedCorimTarget : FuzzTarget
{
    public override string Name => "corim-signed";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            using System.Security.Cryptography.ECDsa key = CorimSamples.NewKey();
            byte[] manifest = CorimSamples.Signed(CorimSamples.Manifest, key);
            return [manifest, CorimSamples.Signed(CorimSamples.Certificate, key), TransparentStatement.Attach(manifest, StatementTarget.Receipt(key))];
        }
    }

    public override byte[][] Words => Cbor.Words;

    public override long BaseBytes => 64 * 1024;

    public override long BytesPerByte => 256;

    public override Outcome Decode(byte[] input)
    {
        byte[] statement = TransparentStatement.Detach(input, out IReadOnlyList<ReadOnlyMemory<byte>> receipts);
        if (!SignedCorim.TryDecode(statement, out SignedCorim? signed, out CorimError? error))
        {
            return Outcome.Refused(error);
        }

        bool isManifest = BuildManifestReader.TryRead(signed, out _, out CorimError? notManifest);
        bool isCertificate = CertificateEndorsementReader.TryRead(signed, out _, out CorimError? notCertificate);
        return new Outcome(isManifest || isCertificate, HashCode.Combine(signed.Issuer, signed.Kid, receipts.Count, notManifest, notCertificate));
    }
}
