using IotAttest.Domain.Corim;
using IotAttest.Domain.Corim.Documents;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>CoRIMs of other tools, in any order and of any profile, and the outline of one.</summary>
internal sealed class CorimDocumentTarget : FuzzTarget
{
    public override string Name => "corim-document";

    public override IEnumerable<byte[]> Seeds => [CorimSeeds.Manifest, CorimSeeds.Certificate];

    public override byte[][] Words => Cbor.Words;

    public override long BaseBytes => 64 * 1024;

    public override long BytesPerByte => 512;

    public override Outcome Decode(byte[] input)
    {
        bool isDocument = CorimDocumentReader.TryReadAnyProfile(input, out CorimDocument? document, out CorimError? error);
        bool isOutline = CorimStructure.TryRead(input, out _, out CorimError? noOutline);
        return new Outcome(isDocument || isOutline, HashCode.Combine(document?.Profile, document?.IsProfileKnown, error, noOutline));
    }
}
