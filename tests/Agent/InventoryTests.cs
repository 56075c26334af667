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
            "assembly=IotAttest.Agent,0.1.0.0\nfirmware=1.17.0.0\nplatform=DOTNET\ntarget=SIMULATOR\n",
            Encoding.UTF8.GetString(text.ToBytes()));
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
}
