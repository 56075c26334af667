using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Protocol;
using IotAttest.Support;
using static IotAttest.Domain.Tests.Corim.CorimSamples;

namespace IotAttest.Domain.Tests.Corim;

public sealed class CertificateEndorsementTests
{
    [Fact]
    public void A_signed_certificate_comes_back_whole()
    {
        using ECDsa key = NewKey();

        Assert.True(SignedCorim.TryDecode(Signed(Certificate, key), out SignedCorim? signed, out _));
        Assert.True(CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? read, out CorimError? error), error?.ToString());

        Assert.True(signed.Verify(key));
        Assert.Equal(Certificate with { Components = read.Components }, read);
        Assert.Equal(Certificate.Components.OrderBy(component => component.Name, StringComparer.Ordinal), read.Components);
    }

    [Fact]
    public void The_start_of_validity_may_be_absent()
    {
        using ECDsa key = NewKey();

        Assert.True(SignedCorim.TryDecode(Signed(Certificate with { ValidFrom = null }, key), out SignedCorim? signed, out _));
        Assert.True(CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? read, out _));
        Assert.Null(read.ValidFrom);
    }

    [Fact]
    public void The_body_is_the_golden_one()
    {
        string golden = File.ReadAllText(Path.Combine(SharedData.Repository, "tests", "Domain", "Corim", "certificate.hex")).Trim();

        Assert.Equal(golden, Convert.ToHexStringLower(CertificateEndorsementWriter.EncodeBody(Certificate)));
    }

    [Fact]
    public void Every_changed_byte_of_the_body_is_refused()
    {
        byte[] body = CertificateEndorsementWriter.EncodeBody(Certificate);
        using ECDsa key = NewKey();
        for (int position = 0; position < body.Length; position++)
        {
            byte[] changed = [.. body];
            changed[position] ^= 0x01;
            bool read = SignedCorim.TryDecode(CertificateEndorsementWriter.Sign(changed, "demo-cb", "x", key), out SignedCorim? signed, out _)
                && CertificateEndorsementReader.TryRead(signed, out _, out _);

            Assert.False(read, $"byte {position}");
        }
    }

    [Fact]
    public void Rules_of_the_profile_hold_for_writers()
    {
        AssertRefused(Certificate with { Scheme = "" }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { Level = "a\n" }, DecodeStatus.InvalidText);
        AssertRefused(Certificate with { CertificateId = new string('9', 129) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { Components = [] }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { ValidUntil = Certificate.ValidFrom!.Value.AddSeconds(-1) }, DecodeStatus.OutOfRange);
    }

    private static void AssertRefused(CertificateEndorsement endorsement, DecodeStatus expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => CertificateEndorsementWriter.EncodeBody(endorsement));

        Assert.Contains($"({expected})", exception.Message, StringComparison.Ordinal);
    }
}
