using System.Globalization;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>The flash map of a board in hardware/.</summary>
internal sealed record Esp32Map(int FlashBytes, IReadOnlyList<Esp32Map.Region> Regions)
{
    public IEnumerable<Region> Measured => Regions.Where(region => region.IsMeasured);

    public static Esp32Map Of(string board)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SharedData.Repository, "hardware", board, "board.json")));
        JsonElement root = document.RootElement;
        return new Esp32Map(Number(root, "flashSize"), [.. root.GetProperty("regions").EnumerateArray().Select(Read)]);
    }

    public Region Named(string name) => Regions.Single(region => region.Name == name);

    private static Region Read(JsonElement region) => new(
        region.GetProperty("name").GetString()!, Number(region, "offset"), Number(region, "size"), region.GetProperty("measured").GetBoolean());

    private static int Number(JsonElement element, string name) =>
        int.Parse(element.GetProperty(name).GetString()!.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    internal sealed record Region(string Name, int Offset, int Length, bool IsMeasured);
}
