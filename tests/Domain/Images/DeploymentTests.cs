using IotAttest.Domain.Images;

namespace IotAttest.Domain.Tests.Images;

public sealed class DeploymentTests
{
    private static byte[] Bin => [.. SampleFirmware.Sensor, .. SampleFirmware.Thermostat];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    public void Library_and_application_are_listed_with_their_offsets(int erasedBytes)
    {
        byte[] file = [.. Bin, .. Enumerable.Repeat((byte)0xFF, erasedBytes)];

        Assert.True(Deployment.TryRead(file, out Deployment? deployment, out _));

        Assert.Equal(["Sample.Sensor 1.0.3.0 at 0", "Sample.Thermostat 1.2.0.0 at 420"],
            deployment.Assemblies.Select(assembly => $"{assembly.Name} {assembly.Version} at {assembly.Offset}"));
        Assert.Equal(940, deployment.LengthBytes);
    }

    [Fact]
    public void Every_truncation_but_the_border_between_assemblies_is_refused_with_field_and_offset()
    {
        for (int length = 0; length < Bin.Length; length++)
        {
            bool isTaken = Deployment.TryRead(Bin.AsSpan(0, length), out _, out ImageError? error);

            Assert.Equal(length == SampleFirmware.Sensor.Length, isTaken);
            Assert.True(isTaken || error is { Field.Length: > 0 } && error.Offset <= length);
        }
    }

    [Fact]
    public void An_assembly_of_odd_length_is_padded_and_its_digest_leaves_the_padding_out()
    {
        byte[] first = SampleFirmware.MakePe(5);
        byte[] file = [.. first, 0, 0, 0, .. SampleFirmware.Sensor];

        Assert.True(Deployment.TryRead(file, out Deployment? deployment, out _));

        Assert.Equal(132, deployment.Assemblies[1].Offset);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(first), deployment.Assemblies[0].Sha256.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0, 1, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF })]
    public void Wrong_padding_is_named(byte[] padding)
    {
        Assert.False(Deployment.TryRead([.. SampleFirmware.MakePe(5), .. padding], out _, out ImageError? error));

        Assert.Equal(("assembly 0 padding", 129L), (error.Field, error.Offset));
    }

    [Fact]
    public void What_is_no_assembly_is_named_with_its_offset()
    {
        Assert.False(Deployment.TryRead([.. Bin, 0x55, 0, 0, 0], out _, out ImageError? short4));
        Assert.False(Deployment.TryRead([.. Bin, .. new byte[200]], out _, out ImageError? zeros));
        Assert.False(Deployment.TryRead(SampleFirmware.With(Bin, 420 + 300, 0xAA), out _, out ImageError? damaged));

        Assert.Equal(("assembly 2 magic", 940L), (short4.Field, short4.Offset));
        Assert.Equal(("assembly 2 magic", 940L), (zeros.Field, zeros.Offset));
        Assert.Equal(("assembly 1 assembly CRC", 420L + 12), (damaged.Field, damaged.Offset));
    }

    [Fact]
    public void An_assembly_hidden_behind_erased_bytes_is_named()
    {
        byte[] file = [.. Bin, .. Enumerable.Repeat((byte)0xFF, 60), .. SampleFirmware.Sensor];

        Assert.False(Deployment.TryRead(file, out _, out ImageError? error));

        Assert.Equal(("erased tail", 1000L), (error.Field, error.Offset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void No_assembly_is_no_deployment(int erasedBytes)
    {
        byte[] erased = [.. Enumerable.Repeat((byte)0xFF, erasedBytes)];

        Assert.False(Deployment.TryRead(erased, out _, out ImageError? error));

        Assert.Equal("assembly 0 magic", error.Field);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void There_are_at_most_256_assemblies(int count, bool isTaken)
    {
        byte[] file = [.. Enumerable.Repeat(SampleFirmware.MakePe(4), count).SelectMany(pe => pe)];

        Assert.Equal(isTaken, Deployment.TryRead(file, out _, out _));
    }

    [Fact]
    public void Headers_of_any_content_with_right_crcs_never_throw()
    {
        Random random = new(20261122);
        for (int round = 0; round < 5000; round++)
        {
            byte[] pe = SampleFirmware.Sensor;
            random.NextBytes(pe.AsSpan(random.Next(8, 0x78), 4));
            byte[] file = [.. SampleFirmware.Seal(pe), .. SampleFirmware.Thermostat];

            bool isTaken = Deployment.TryRead(file, out Deployment? deployment, out ImageError? error);

            Assert.Equal(isTaken, deployment is not null);
            Assert.Equal(isTaken, error is null);
        }
    }
}
