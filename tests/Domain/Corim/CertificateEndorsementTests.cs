using System.Security.Cryptography;
using IotAttest.Domain.Certificates;
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
    public void Patch_policy_predecessor_and_categories_come_back_and_change_no_certificate_without_them()
    {
        using ECDsa key = NewKey();
        CertificateEndorsement[] all =
        [
            Certificate with { PatchPolicy = PatchPolicy.Assessed(365) },
            Certificate with { PatchPolicy = PatchPolicy.Open, Categories = ["consumer-smart-device"] },
            Certificate with { Supersedes = new SupersededCertificate("OLD", IsMinorChange: true) },
            Certificate with { PatchPolicy = PatchPolicy.Assessed(1), Supersedes = new SupersededCertificate("OLD", IsMinorChange: false), Categories = ["a", "b"] },
            Certificate with { IsProvisional = true },
            Certificate with { Categories = ["a"], IsProvisional = true, SchemeVersion = "2" },
        ];

        Assert.All(all, certificate =>
        {
            Assert.True(SignedCorim.TryDecode(Signed(certificate, key), out SignedCorim? signed, out _));
            Assert.True(CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? read, out CorimError? error), error?.ToString());
            Assert.Equal((certificate.PatchPolicy, certificate.Supersedes), (read.PatchPolicy, read.Supersedes));
            Assert.Equal(certificate.Categories, read.Categories);
            Assert.Equal((certificate.IsProvisional, certificate.SchemeVersion), (read.IsProvisional, read.SchemeVersion));
        });
        Assert.Equal(CertificateEndorsementWriter.EncodeBody(Certificate), CertificateEndorsementWriter.EncodeBody(Certificate with { PatchPolicy = PatchPolicy.None, Categories = [] }));
    }

    [Fact]
    public void Every_changed_byte_of_the_optional_values_is_refused()
    {
        CertificateEndorsement whole = Certificate with { PatchPolicy = PatchPolicy.Assessed(30), Supersedes = new SupersededCertificate("OLD", IsMinorChange: true), Categories = ["a", "b"], IsProvisional = true, SchemeVersion = "2" };

        AssertEveryChangeRefused(whole);
    }

    [Fact]
    public void The_body_is_the_golden_one()
    {
        string golden = File.ReadAllText(Path.Combine(SharedData.Repository, "tests", "Domain", "Corim", "certificate.hex")).Trim();

        Assert.Equal(golden, Convert.ToHexStringLower(CertificateEndorsementWriter.EncodeBody(Certificate)));
    }

    [Fact]
    public void Every_changed_byte_of_the_body_is_refused() => AssertEveryChangeRefused(Certificate);

    [Fact]
    public void Rules_of_the_profile_hold_for_writers()
    {
        AssertRefused(Certificate with { Scheme = "" }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { Level = "a\n" }, DecodeStatus.InvalidText);
        AssertRefused(Certificate with { CertificateId = new string('9', 129) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { Components = [] }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { ValidUntil = Certificate.ValidFrom!.Value.AddSeconds(-1) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { PatchPolicy = PatchPolicy.Assessed(0) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { PatchPolicy = PatchPolicy.Assessed(366) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { Supersedes = new SupersededCertificate("", IsMinorChange: false) }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { SchemeVersion = "" }, DecodeStatus.OutOfRange);
        AssertRefused(Certificate with { SchemeVersion = "1\u202e" }, DecodeStatus.InvalidText);
        AssertRefused(Certificate with { Categories = ["b", "a"] }, DecodeStatus.NotDeterministic);
        AssertRefused(Certificate with { Categories = ["a", "a"] }, DecodeStatus.NotDeterministic);
        AssertRefused(Certificate with { Categories = ["With Space"] }, DecodeStatus.NotAllowed);
        AssertRefused(Certificate with { Categories = [.. Enumerable.Range(1, 9).Select(number => $"c{number}")] }, DecodeStatus.OutOfRange);
    }

    private static void AssertEveryChangeRefused(CertificateEndorsement endorsement)
    {
        byte[] body = CertificateEndorsementWriter.EncodeBody(endorsement);
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

    private static void AssertRefused(CertificateEndorsement endorsement, DecodeStatus expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => CertificateEndorsementWriter.EncodeBody(endorsement));

        Assert.Contains($"({expected})", exception.Message, StringComparison.Ordinal);
    }
}
