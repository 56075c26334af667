using System.Security.Cryptography;
using System.Text;

using IotAttest.Protocol;

namespace IotAttest.Agent.Tests;

/// <summary>The inventory text of self-reported boards.</summary>
public sealed class InventoryTests
{
    [Fact]
    public void Lines_stand_in_ordinal_order_whatever_the_order_of_adding_and_each_ends_with_one_lf()
    {
        InventoryText text = new();
        text.Add("target", "ESP32_REV3");
        text.AddAssembly("mscorlib", "1.17.11.0");
        text.AddAssembly("Zebra", "1.0.0.0");
        text.Add("firmware", "1.17.0.99");
        text.AddAssembly("Zebra", "1.0.0.0");

        Assert.Equal(
            "assembly=Zebra,1.0.0.0\nassembly=mscorlib,1.17.11.0\nfirmware=1.17.0.99\ntarget=ESP32_REV3\n",
            Encoding.UTF8.GetString(text.ToBytes()));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\u007f")]
    [InlineData("é")]
    public void A_value_that_could_look_like_another_line_is_refused(string value)
    {
        InventoryText text = new();

        Assert.False(text.Add("target", value));
        Assert.Empty(text.ToBytes());
    }

    [Theory]
    [InlineData(121, true)]
    [InlineData(122, false)]
    public void A_line_has_at_most_128_characters(int valueLength, bool expected) =>
        Assert.Equal(expected, new InventoryText().Add("target", new string('x', valueLength)));

    [Fact]
    public void An_inventory_that_lost_a_line_is_not_measured()
    {
        InventoryText text = new();
        text.Add("target", "a\nb");
        InventoryMeasurer measurer = new(text);
        while (measurer.Step())
        {
        }

        Assert.Equal(EvidenceStatus.MeasurementFailed, measurer.AddTo(new EvidenceClaims()));
    }

    [Fact]
    public void The_inventory_of_a_board_names_firmware_target_platform_and_the_given_assemblies()
    {
        InventoryText text = InventoryText.OfThisBoard([typeof(AttestationAgent).Assembly]);

        Assert.Equal(
            "assembly=IotAttest.Agent,0.1.0.0\nfirmware=1.17.0.0\nplatform=DOTNET\nsource=managed\ntarget=SIMULATOR\n",
            Encoding.UTF8.GetString(text.ToBytes()));
    }

    [Fact]
    public void A_named_file_stands_with_its_digest_and_follows_the_file()
    {
        MemoryFiles files = new();
        files.Put("settings.json", [1, 2, 3]);
        InventoryText text = new();
        text.Add("target", "ESP32_REV3");
        text.Add("firmware", "1.17.0.99");
        InventoryMeasurer measurer = new(text, files, ["settings.json", "calibration"]);

        byte[] before = Measure(measurer);
        files.Put("settings.json", [1, 2, 4]);
        byte[] after = Measure(measurer);

        Assert.Equal(Inventory([1, 2, 3]), before);
        Assert.Equal(Inventory([1, 2, 4]), after);
        Assert.True(files.AreClosed);

        static byte[] Inventory(byte[] file) => SHA256.HashData(Encoding.UTF8.GetBytes(
            $"file=calibration,none\nfile=settings.json,{Convert.ToHexStringLower(SHA256.HashData(file))}\nfirmware=1.17.0.99\ntarget=ESP32_REV3\n"));
    }

    [Theory]
    [InlineData(InventoryMeasurer.MaxFileBytes, EvidenceStatus.Ok)]
    [InlineData(InventoryMeasurer.MaxFileBytes + 1, EvidenceStatus.MeasurementFailed)]
    public void Named_files_have_at_most_16_KiB_together(int bytes, EvidenceStatus expected)
    {
        MemoryFiles files = new();
        files.Put("one", new byte[1000]);
        files.Put("two", new byte[bytes - 1000]);
        InventoryMeasurer measurer = new(new InventoryText(), files, ["one", "two"]);
        measurer.Begin();
        int steps = 1;
        while (measurer.Step())
        {
            steps++;
        }

        Assert.Equal(expected, measurer.AddTo(new EvidenceClaims()));
        Assert.True(steps >= 64, $"{steps} steps");
        Assert.True(files.AreClosed);
    }

    [Fact]
    public void A_file_that_cannot_be_read_fails_the_measurement_and_the_next_one_may_succeed()
    {
        MemoryFiles files = new();
        files.Put("settings.json", [1]);
        InventoryMeasurer measurer = new(new InventoryText(), files, ["settings.json"]);
        files.CutAfter(0);
        measurer.Begin();
        while (measurer.Step())
        {
        }

        Assert.Equal(EvidenceStatus.MeasurementFailed, measurer.AddTo(new EvidenceClaims()));
        files.Restore();
        Assert.NotEmpty(Measure(measurer));
    }

    [Theory]
    [InlineData(58, true)]
    [InlineData(59, false)]
    public void The_name_of_a_file_has_at_most_58_characters(int length, bool expected) =>
        Assert.Equal(expected, new InventoryText().SetFile(new string('n', length), new byte[32]));

    [Fact]
    public void A_comma_in_the_name_of_a_file_is_refused()
    {
        InventoryText text = new();

        Assert.False(text.SetFile("a,b", null));
        Assert.True(text.IsIncomplete);
    }

    [Fact]
    public void A_file_whose_name_starts_like_another_keeps_its_own_line()
    {
        InventoryText text = new();
        text.SetFile("a", null);
        text.SetFile("ab", null);
        text.SetFile("a", new byte[32]);

        Assert.Equal($"file=a,{new string('0', 64)}\nfile=ab,none\n", Encoding.UTF8.GetString(text.ToBytes()));
    }

    [Fact]
    public void There_are_at_most_64_lines()
    {
        InventoryText text = new();
        for (int i = 0; i < 64; i++)
        {
            Assert.True(text.Add("assembly", $"A{i},1.0.0.0"));
        }

        Assert.False(text.Add("assembly", "B,1.0.0.0"));
    }

    private static byte[] Measure(InventoryMeasurer measurer)
    {
        EvidenceClaims claims = new();
        measurer.Begin();
        while (measurer.Step())
        {
        }

        Assert.Equal(EvidenceStatus.Ok, measurer.AddTo(claims));
        return [.. claims.ComponentDigest(0)];
    }
}
