using IotAttest.Interop.Checksum;
using Mono.Cecil;

namespace IotAttest.Interop.Tests.Checksum;

/// <summary>The checksum of nanoFramework's own assemblies, from sources that have the same sequence of methods.</summary>
public sealed class NativeChecksumTests
{
    private const string CryptographyName = "nanoFramework.System.Security.Cryptography";
    private const string HashCore = "private static extern byte[] HashCore(byte[] key, byte[] source)";

    private static readonly string[] Cryptography =
    [
        ManagedSource.Class(
            "System.Security.Cryptography.Aes",
            10,
            "extern byte[] EncryptAesEcb(byte[] data)",
            "extern byte[] DecryptAesEcb(byte[] data)",
            "extern byte[] EncryptAesCbc(byte[] data)",
            "extern byte[] DecryptAesCbc(byte[] data)"),
        ManagedSource.Class("System.Security.Cryptography.HMACSHA256", 9, HashCore),
    ];

    [Fact]
    public void The_CRC_is_the_one_of_the_PE_format() => Assert.Equal(0x89A1897Fu, PeCrc.Add(0, "123456789"));

    [Fact]
    public void The_CRC_goes_on_where_it_stopped() => Assert.Equal(PeCrc.Add(0, "123456789"), PeCrc.Add(PeCrc.Add(0, "1234"), "56789"));

    [Fact]
    public void Awesome_library()
    {
        ModuleDefinition module = ManagedSource.Compile(
            "NF.AwesomeLib",
            ManagedSource.Class("NF.AwesomeLib.Math", 2, "private static extern double NativeSuperComplicatedCalculation(double value)"),
            ManagedSource.Class("NF.AwesomeLib.Utilities", 2, "private static extern void NativeGetHardwareSerial(byte[] data)"));

        Assert.Equal(0xEE794AFBu, NativeChecksum.OfV1(module));
    }

    [Fact]
    public void Cryptography_of_today()
    {
        ModuleDefinition module = ManagedSource.Compile(CryptographyName, [.. Cryptography, ManagedSource.Class("System.Security.Cryptography.HMACSHA512", 9, HashCore)]);

        Assert.Equal(0x1A1CC3FDu, NativeChecksum.OfV1(module));
        Assert.Equal(0x727048B8u, NativeChecksum.OfV2(module));
    }

    [Fact]
    public void Cryptography_before_HMACSHA512() =>
        Assert.Equal(0x343142CAu, NativeChecksum.OfV1(ManagedSource.Compile(CryptographyName, Cryptography)));

    [Fact]
    public void Hashing()
    {
        ModuleDefinition module = ManagedSource.Compile(
            "nanoFramework.System.IO.Hashing",
            "namespace System { public readonly ref struct SpanByte { } }",
            ManagedSource.Class("System.IO.Hashing.Crc32", 7, "private static extern uint ComputeHash(uint crc, SpanByte source)"));

        Assert.Equal(0xEBD8ED20u, NativeChecksum.OfV1(module));
    }

    [Fact]
    public void An_assembly_without_native_methods_has_0()
    {
        ModuleDefinition module = ManagedSource.Compile("Managed", ManagedSource.Class("A.B", 3));

        Assert.Equal(0u, NativeChecksum.OfV1(module));
        Assert.Equal(0u, NativeChecksum.OfV2(module));
    }

    [Theory]
    [InlineData(0, "X")]
    [InlineData(7, "X")]
    [InlineData(0, "Longer.Name")]
    public void V1_covers_nothing_in_front_of_the_first_native_method(int managed, string assembly)
    {
        ModuleDefinition module = ManagedSource.Compile(assembly, ManagedSource.Class("A.B", managed, "static extern void Go()"));

        Assert.Equal(PeCrc.Add(0, "Go___STATIC__VOID"), NativeChecksum.OfV1(module));
    }

    [Fact]
    public void V2_covers_what_stands_in_front_too()
    {
        uint few = NativeChecksum.OfV2(ManagedSource.Compile("X", ManagedSource.Class("A.B", 1, "static extern void Go()")));
        uint many = NativeChecksum.OfV2(ManagedSource.Compile("X", ManagedSource.Class("A.B", 2, "static extern void Go()")));

        Assert.NotEqual(few, many);
    }

    [Fact]
    public void V1_covers_what_comes_after()
    {
        uint few = NativeChecksum.OfV1(ManagedSource.Compile("X", ManagedSource.Class("A.B", 1, "extern void Go()")));
        uint many = NativeChecksum.OfV1(ManagedSource.Compile("X", ManagedSource.Class("A.B", 1, "extern void Go()"), ManagedSource.Class("A.C", 1)));

        Assert.Equal(PeCrc.Add(few, "NULL"), many);
    }
}
