using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Devices;

/// <summary>The IDevID profile (docs/protocol.md): what is taken, and each thing that is not.</summary>
public sealed class DeviceChainTests : IDisposable
{
    private const string Class = "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192";
    private const string Ueid = "0100112233445566778899aabbccddeeff";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TestCa _root = TestCa.Root();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void A_chain_with_a_CA_between_says_which_board_it_is()
    {
        using TestCa line = _root.Under(pathLength: 0);
        using X509Certificate2 leaf = line.Device(_key, Ueid, Class, serial: [0x00, 0x7f, 0x01]);

        CertificateRefusal? refusal = DeviceChain.Verify([leaf, line.Certificate], _root.Certificate, DeviceCaRules.None, Now, out DeviceCertificate? device);

        Assert.Null(refusal);
        Assert.Equal((Ueid, Guid.Parse(Class), OemId.OfNumber(32473)), (device!.Ueid, device.ClassId, device.OemId));
        Assert.Equal(_key.ExportSubjectPublicKeyInfo(), device.Spki);
        Assert.Equal([DeviceChain.KeyHash(line.Certificate), DeviceChain.KeyHash(_root.Certificate)], device.Issued.Select(each => each.IssuerKey));
        Assert.Equal("7f01", device.Issued[0].Serial);
    }

    [Theory]
    [InlineData("01001122", null, "acme", null)]
    [InlineData(null, 32473L, " ACME ", null)]
    [InlineData("02", null, null, "OutsideRegistration")]
    [InlineData("0100112233445566778899aabbccddee00", null, null, "OutsideRegistration")]
    [InlineData(null, 32474L, null, "OutsideRegistration")]
    [InlineData(null, null, "acme gmbh", "OutsideRegistration")]
    public void Registration_narrows_what_certificates_may_say(string? prefix, long? oemId, string? organisation, string? code)
    {
        DeviceCaRules rules = new(oemId is { } number ? OemId.OfNumber(number) : null, organisation, prefix);

        Assert.Equal(code, Check(Leaf(), rules)?.Code);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, "ChainNotTrusted")]
    public void A_root_with_path_length_1_bears_one_CA_under_it(int between, string? code)
    {
        using TestCa root = TestCa.Root(pathLength: 1);
        List<TestCa> line = [root];
        for (int at = 0; at < between; at++)
        {
            line.Add(line[^1].Under($"O=acme, CN=line {at}"));
        }

        using X509Certificate2 leaf = line[^1].Device(_key, Ueid, Class);
        X509Certificate2[] chain = [leaf, .. line.Skip(1).Reverse().Select(ca => ca.Certificate)];

        Assert.Equal(code, DeviceChain.Verify(chain, root.Certificate, DeviceCaRules.None, Now, out _)?.Code);
        Assert.Equal(code is null ? null : "CertificateProfile", CertificateProfile.CheckAll([.. chain, root.Certificate], Now)?.Code);
    }

    [Fact]
    public void A_chain_of_another_root_or_of_none_or_out_of_order_is_not_trusted()
    {
        using TestCa other = TestCa.Root();
        using TestCa line = _root.Under();
        using X509Certificate2 ofOther = other.Device(_key, Ueid, Class);
        using X509Certificate2 ofLine = line.Device(_key, Ueid, Class);

        Assert.Equal("ChainNotTrusted", Check(ofOther)?.Code);
        Assert.Equal("ChainNotTrusted", Check(ofLine)?.Code);
        Assert.Equal("ChainNotTrusted", DeviceChain.Verify([ofLine, line.Certificate, other.Certificate], _root.Certificate, DeviceCaRules.None, Now, out _)?.Code);
        Assert.Equal("MalformedCertificate", DeviceChain.Verify([], _root.Certificate, DeviceCaRules.None, Now, out _)?.Code);
        Assert.Equal("MalformedCertificate", DeviceChain.Verify([ofLine, ofLine, ofLine, ofLine, ofLine], _root.Certificate, DeviceCaRules.None, Now, out _)?.Code);
    }

    [Fact]
    public void Every_certificate_must_be_valid_at_the_time()
    {
        using TestCa line = _root.Under(until: Now);
        using X509Certificate2 leaf = line.Device(_key, Ueid, Class, until: Now.AddDays(1));

        Assert.Null(DeviceChain.Verify([leaf, line.Certificate], _root.Certificate, DeviceCaRules.None, Now.AddSeconds(-1), out _));
        Assert.Equal("ChainNotTrusted", DeviceChain.Verify([leaf, line.Certificate], _root.Certificate, DeviceCaRules.None, Now.AddSeconds(1), out _)?.Code);
        Assert.Equal("CertificateProfile", CertificateProfile.CheckAll([leaf, line.Certificate, _root.Certificate], Now.AddSeconds(1))?.Code);
        Assert.Equal("CertificateProfile", CertificateProfile.CheckAll([leaf, line.Certificate, _root.Certificate], TestCa.From.AddSeconds(-1))?.Code);
    }

    public static TheoryData<string, Action<CertificateRequest>> BadLeaves { get; } = new()
    {
        { "a CA", request => request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true)) },
        { "no digitalSignature", request => Replace(request, new X509KeyUsageExtension(X509KeyUsageFlags.KeyAgreement, true)) },
        { "keyCertSign", request => Replace(request, new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true)) },
        { "an unknown critical extension", request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4", [5, 0], critical: true)) },
        { "no names", request => request.CertificateExtensions.Remove(request.CertificateExtensions.Single(extension => extension.Oid!.Value == "2.5.29.17")) },
    };

    [Theory]
    [MemberData(nameof(BadLeaves))]
    public void A_device_certificate_outside_the_profile_is_refused(string what, Action<CertificateRequest> change)
    {
        using X509Certificate2 leaf = _root.Device(_key, Ueid, Class, change: change);

        Assert.True(Check(leaf)?.Code is "CertificateProfile" or "ChainNotTrusted", what);
    }

    [Theory]
    [InlineData("0100112233445566778899aabbccddeeff", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "32473", null)]
    [InlineData("0100112233445566778899aabbccddeeff", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "00112233445566778899aabbccddeeff", null)]
    [InlineData("0200112233445566778899aabbccddeeff", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "32473", "CertificateProfile")]
    [InlineData("0100112233445566778899aabbccddee", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "32473", "CertificateProfile")]
    [InlineData("0100112233445566778899aabbccddeeff", "00000000-0000-0000-0000-000000000000", "32473", "CertificateProfile")]
    [InlineData("0100112233445566778899aabbccddeeff", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "4294967296", "CertificateProfile")]
    [InlineData("0100112233445566778899aabbccddeeff", "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192", "32473:1", "CertificateProfile")]
    public void Ueid_class_and_oemid_are_read_exactly(string ueid, string productClass, string oemId, string? code)
    {
        using X509Certificate2 leaf = _root.Device(_key, ueid, productClass, oemId);

        Assert.Equal(code, Check(leaf)?.Code);
    }

    [Theory]
    [InlineData("O=acme")]
    [InlineData("SERIALNUMBER=0100112233445566778899aabbccddeefe, O=acme")]
    public void The_serial_number_of_the_subject_is_the_ueid(string subject)
    {
        using X509Certificate2 leaf = _root.Device(_key, Ueid, Class, subject: subject);

        Assert.Equal("CertificateProfile", Check(leaf)?.Code);
    }

    [Fact]
    public void Keys_and_signatures_are_on_P_256_alone()
    {
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using X509Certificate2 leaf = _root.Device(p384, Ueid, Class);

        Assert.Equal("CertificateProfile", Check(leaf)?.Code);
    }

    [Theory]
    [InlineData("O=acme", null, null)]
    [InlineData("O=ACME", null, null)]
    [InlineData("O=other", null, "NameConstraint")]
    [InlineData("O=acme, CN=x", null, "NameConstraint")]
    [InlineData(null, "O=acme", "NameConstraint")]
    [InlineData(null, "O=other", null)]
    public void Name_constraints_on_directory_names_hold_whatever_the_platform_does(string? permitted, string? excluded, string? code)
    {
        using TestCa root = TestCa.Root("O=root of all");
        using TestCa line = root.Under("CN=line", change: request => request.CertificateExtensions.Add(TestCa.NameConstraints(permitted, excluded)));
        using X509Certificate2 leaf = line.Device(_key, Ueid, Class);
        X509Certificate2[] path = [leaf, line.Certificate, root.Certificate];

        // Ours alone, because the platform's own answer, if it has one, would hide it.
        Assert.Equal(code, NameConstraints.CheckAll(path)?.Code);
        Assert.Equal(code is null, DeviceChain.Verify(path[..2], root.Certificate, DeviceCaRules.None, Now, out _) is null);
    }

    [Fact]
    public void A_constraint_of_a_kind_that_is_not_processed_refuses_names_of_that_kind_and_no_others()
    {
        using TestCa line = _root.Under(change: request => request.CertificateExtensions.Add(TestCa.NameConstraints(permittedDns: "example.com")));
        using X509Certificate2 plain = line.Device(_key, Ueid, Class);
        using X509Certificate2 named = line.Device(_key, Ueid, Class, change: request => AddDns(request, "board.example.com"));

        Assert.Null(NameConstraints.CheckAll([plain, line.Certificate, _root.Certificate]));
        Assert.Equal("NameConstraint", NameConstraints.CheckAll([named, line.Certificate, _root.Certificate])?.Code);
    }

    [Fact]
    public void Name_constraints_that_are_cut_off_anywhere_are_refused_and_never_an_exception()
    {
        byte[] der = TestCa.NameConstraints("O=acme", "CN=x").RawData;

        Assert.NotNull(NameConstraints.TryDecode(der));
        Assert.All(Enumerable.Range(0, der.Length), length => Assert.Null(NameConstraints.TryDecode(der.AsMemory(0, length))));
    }

    [Fact]
    public void Bytes_that_are_no_certificate_are_none()
    {
        using X509Certificate2 leaf = Leaf();
        byte[] der = leaf.RawData;

        Assert.All(Enumerable.Range(0, der.Length), length => Assert.Null(DeviceChain.TryLoad(der.AsSpan(0, length))));
        Assert.Null(DeviceChain.TryLoad([.. der, 0]));
        Assert.Null(DeviceChain.TryLoad(new byte[DeviceChain.MaxCertificateBytes + 1]));
        using X509Certificate2? whole = DeviceChain.TryLoad(der);
        Assert.NotNull(whole);
    }

    private X509Certificate2 Leaf() => _root.Device(_key, Ueid, Class);

    private CertificateRefusal? Check(X509Certificate2 leaf, DeviceCaRules? rules = null) =>
        DeviceChain.Verify([leaf], _root.Certificate, rules ?? DeviceCaRules.None, Now, out _);

    private static void Replace(CertificateRequest request, X509KeyUsageExtension usage)
    {
        request.CertificateExtensions.Remove(request.CertificateExtensions.OfType<X509KeyUsageExtension>().Single());
        request.CertificateExtensions.Add(usage);
    }

    private static void AddDns(CertificateRequest request, string name)
    {
        request.CertificateExtensions.Remove(request.CertificateExtensions.Single(extension => extension.Oid!.Value == "2.5.29.17"));
        SubjectAlternativeNameBuilder names = new();
        names.AddUri(new Uri($"urn:iotattest:device:{Ueid}:{Class}:32473"));
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
    }
}
