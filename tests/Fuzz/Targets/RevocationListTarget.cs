using IotAttest.Domain.Devices.Certificates;
using IotAttest.Support;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Revocation lists of manufacturers' CAs and name constraints, both DER.</summary>
internal sealed class RevocationListTarget : FuzzTarget
{
    public override string Name => "crl";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            using TestCa ca = TestCa.Root();
            DateTimeOffset now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
            return [ca.Crl(7, now, now.AddDays(30), [0x11, 0x22], [0x7f]), ca.Crl(0, now, now.AddDays(1)), [0x30, 0x0a, 0xa0, 0x08, 0x30, 0x06, 0x82, 0x04, (byte)'a', (byte)'.', (byte)'b', (byte)'c']];
        }
    }

    public override byte[][] Words => [[0x30, 0x80], [0x30, 0x82, 0x01, 0x00], [0x02, 0x01, 0x00], [0x17, 0x0d], [0x18, 0x0f], [0xa0, 0x00], [0x05, 0x00], [0x04, 0x84, 0x7f, 0xff, 0xff, 0xff], [0x03, 0x01, 0x00]];

    public override long BaseBytes => 64 * 1024;

    public override Outcome Decode(byte[] input)
    {
        CertificateRefusal? refusal = RevocationList.TryDecode(input, out RevocationList? list);
        bool isConstraint = NameConstraints.TryDecode(input) is not null;
        return new Outcome(refusal is null || isConstraint, HashCode.Combine(refusal, list?.Number, list?.Serials.Count, isConstraint));
    }
}
