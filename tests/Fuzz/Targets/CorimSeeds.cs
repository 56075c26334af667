using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Tests.Corim;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Manifests and certificates by the project's own writers, and the frame that a body needs to be read.</summary>
internal static class CorimSeeds
{
    public static readonly byte[] Manifest = BuildManifestWriter.EncodeBody(CorimSamples.Manifest);
    public static readonly byte[] Certificate = CertificateEndorsementWriter.EncodeBody(CorimSamples.Certificate);

    /// <summary>A body signed by nobody, under the headers of the organisation that issued the samples.</summary>
    public static byte[] Framed(byte[] header, ReadOnlySpan<byte> body) => Cbor.Sign1(header, body);

    /// <summary>The protected header that the writers make for a body.</summary>
    public static byte[] HeaderOf(byte[] signed) =>
        CoseMessage.TryDecode(signed, CoseLimits.Tolerant, out CoseMessage? message, out _) ? message.ProtectedBytes.ToArray() : throw new InvalidOperationException("The writer's own file is not read.");
}
