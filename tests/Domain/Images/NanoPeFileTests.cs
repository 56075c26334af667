using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Images;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Images;

public sealed class NanoPeFileTests
{
    [Fact]
    public void The_crc_is_the_one_of_nanoFramework_and_not_of_zip()
    {
        Assert.Equal(0x89A1897Fu, NanoCrc.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, EspSignatureSector.ZipCrc32("123456789"u8));
    }

    [Theory]
    [InlineData("Sample.Sensor-1.0.3.0.pe", "Sample.Sensor", "1.0.3.0", 420)]
    [InlineData("Sample.Thermostat-1.1.0.0.pe", "Sample.Thermostat", "1.1.0.0", 520)]
    [InlineData("Sample.Thermostat-1.2.0.0.pe", "Sample.Thermostat", "1.2.0.0", 520)]
    [InlineData("Sample.Thermostat-1.2.1.0.pe", "Sample.Thermostat", "1.2.1.0", 520)]
    public void A_real_assembly_is_read(string file, string name, string version, int size)
    {
        byte[] bytes = SampleFirmware.Pe(file);

        Assert.True(NanoPeFile.TryRead(bytes, out NanoPeFile? assembly, out _));

        Assert.Equal(name, assembly.Name);
        Assert.Equal(version, assembly.Version.ToString());
        Assert.Equal(size, assembly.TotalSize);
        Assert.Equal(0u, assembly.NativeChecksum);
        Assert.Equal(SHA256.HashData(bytes), assembly.Sha256.ToArray());
    }

    [RequiresSharedDataFact("data/pe")]
    public void The_data_set_reads_as_its_manifest_says()
    {
        string folder = SharedData.PathOf("data/pe");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        foreach (JsonElement entry in manifest.RootElement.EnumerateArray())
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, entry.GetProperty("file").GetString()!));

            Assert.True(NanoPeFile.TryRead(bytes, out NanoPeFile? assembly, out ImageError? error), error?.Message);
            Assert.Equal(entry.GetProperty("totalSize").GetInt32(), assembly.TotalSize);
            Assert.Equal(entry.GetProperty("version").GetString(), assembly.Version.ToString());
            Assert.Equal(entry.GetProperty("nativeChecksum").GetString(), assembly.NativeChecksum.ToString("x8"));
            Assert.Equal(entry.GetProperty("sha256").GetString(), Convert.ToHexStringLower(assembly.Sha256.Span));
        }
    }

    [Fact]
    public void Every_truncation_is_refused_with_field_and_offset()
    {
        byte[] file = SampleFirmware.Thermostat;
        for (int length = 0; length < file.Length; length++)
        {
            Assert.False(NanoPeFile.TryRead(file.AsSpan(0, length), out NanoPeFile? assembly, out ImageError? error));
            Assert.Null(assembly);
            Assert.NotEmpty(error.Field);
            Assert.InRange(error.Offset, 0, length);
            Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        byte[] file = SampleFirmware.Sensor;
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(NanoPeFile.TryRead(file, out _, out ImageError? error));
            Assert.True(bit / 8 >= 0x7C || error.Field is "magic" or "header CRC");
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("NFMRK2", "NFMRK2 (nanoFramework 2.x)")]
    [InlineData("NFMRK3", "4E464D524B330000")]
    public void Another_format_is_refused_by_name(string magic, string seen)
    {
        byte[] file = SampleFirmware.With(SampleFirmware.Sensor, 0, System.Text.Encoding.ASCII.GetBytes(magic));

        Assert.False(NanoPeFile.TryRead(file, out _, out ImageError? error));

        Assert.Equal(("magic", 0L, seen), (error.Field, error.Offset, error.Seen));
    }

    [Theory]
    [InlineData(0x28, 0x7D, "table 0 start")]
    [InlineData(0x2C, 0x10, "table 1 start")]
    [InlineData(0x27 + (16 * 4), 0xFF, "table 15 start")]
    [InlineData(0x24, 0x7F, "assembly name index")]
    public void Right_crcs_do_not_excuse_wrong_tables(int offset, byte value, string field)
    {
        byte[] file = SampleFirmware.Seal(SampleFirmware.With(SampleFirmware.MakePe(8), offset, value));

        Assert.False(NanoPeFile.TryRead(file, out _, out ImageError? error));

        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void A_name_in_the_runtimes_own_table_is_not_known()
    {
        byte[] file = SampleFirmware.Seal(SampleFirmware.With(SampleFirmware.MakePe(8), 0x25, 0xFE));

        Assert.True(NanoPeFile.TryRead(file, out NanoPeFile? assembly, out _));

        Assert.Null(assembly.Name);
    }

    [Theory]
    [InlineData(2, new byte[] { 0, 0 }, true)]
    [InlineData(4, new byte[] { 0, 0, 0, 0 }, false)]
    [InlineData(4, new byte[] { 1 }, false)]
    public void Behind_a_file_only_padding_may_stand(int body, byte[] tail, bool isTaken)
    {
        Assert.Equal(isTaken, NanoPeFile.TryRead([.. SampleFirmware.MakePe(body), .. tail], out _, out _));
    }
}
