using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Devices;

public sealed class RevocationListTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TestCa _ca = TestCa.Root();

    public void Dispose() => _ca.Dispose();

    [Fact]
    public void A_list_says_what_it_lists_when_and_which_one_it_is()
    {
        Assert.Null(RevocationList.TryDecode(_ca.Crl(7, Now, Now.AddDays(30), [0x11, 0x22], [0x7f]), out RevocationList? list));

        Assert.Null(list!.Verify(_ca.Certificate));
        Assert.Equal(["1122", "7f"], list.Serials.Order());
        Assert.True(list.Lists("1122"));
        Assert.False(list.Lists("22"));
        Assert.Equal((7, Now, Now.AddDays(30)), ((int)list.Number, list.ThisUpdate, list.NextUpdate));
    }

    [Fact]
    public void An_empty_list_is_one()
    {
        Assert.Null(RevocationList.TryDecode(_ca.Crl(0, Now, Now.AddDays(1)), out RevocationList? list));

        Assert.Empty(list!.Serials);
    }

    [Fact]
    public void A_list_of_another_issuer_or_one_that_was_changed_does_not_hold()
    {
        using TestCa other = TestCa.Root();
        byte[] der = _ca.Crl(7, Now, Now.AddDays(30), [0x11]);
        Assert.Null(RevocationList.TryDecode(der, out RevocationList? list));

        Assert.Equal("RevocationListSignature", list!.Verify(other.Certificate)?.Code);
        int at = der.AsSpan().IndexOf(new byte[] { 0x02, 0x01, 0x11 });
        der[at + 2] = 0x12;
        Assert.Null(RevocationList.TryDecode(der, out RevocationList? changed));
        Assert.Equal("RevocationListSignature", changed!.Verify(_ca.Certificate)?.Code);
    }

    [Fact]
    public void A_CA_without_crl_sign_signs_no_list()
    {
        using TestCa ca = TestCa.Root(change: request =>
        {
            request.CertificateExtensions.Remove(request.CertificateExtensions.OfType<X509KeyUsageExtension>().Single());
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        });
        using X509Certificate2 allowed = new CertificateRequestCopy(ca).WithCrlSign();
        byte[] der = CertificateRequestCopy.Crl(allowed, Now);
        Assert.Null(RevocationList.TryDecode(der, out RevocationList? list));

        Assert.Null(list!.Verify(allowed));
        Assert.Equal("RevocationListSignature", list.Verify(ca.Certificate)?.Code);
    }

    [Fact]
    public void A_list_that_is_cut_off_anywhere_is_refused_and_never_an_exception()
    {
        byte[] der = _ca.Crl(7, Now, Now.AddDays(30), [0x11], [0x12]);

        Assert.All(Enumerable.Range(0, der.Length), length => Assert.NotNull(RevocationList.TryDecode(der.AsMemory(0, length), out _)));
        Assert.NotNull(RevocationList.TryDecode(new byte[] { 0x30, 0x00 }, out _));
        Assert.NotNull(RevocationList.TryDecode(new byte[RevocationList.MaxBytes + 1], out _));
        Assert.NotNull(RevocationList.TryDecode(_ca.Certificate.RawData, out _));
    }
}
