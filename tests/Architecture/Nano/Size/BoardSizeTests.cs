using IotAttest.Architecture.Tests.Nano.Stubs;
using Xunit.Abstractions;

namespace IotAttest.Architecture.Tests.Nano.Size;

public sealed class BoardSizeTests(ITestOutputHelper output)
{
    private const int MaxStringBytes = 65535;
    private const int MaxAgentBytes = 24 * 1024;

    private static readonly string[] NativeOnly = ["IotAttest.Protocol", "IotAttest.Agent", "IotAttest.Interop", "IotAttest.Boards"];

    [Fact]
    public void The_assemblies_of_a_board_stay_small()
    {
        Dictionary<string, BoardSize> sizes = BoardCompiler.Assemblies.ToDictionary(pair => pair.Key, pair => BoardSize.Of(pair.Value));

        output.WriteLine(BoardSize.Table(sizes, [("native module, without application", NativeOnly), ("self-reported, without application", [.. NativeOnly, "IotAttest.SelfReport"])]));
        Assert.All(sizes.Values, size => Assert.InRange(size.Strings, 1, MaxStringBytes));
        Assert.InRange(sizes["IotAttest.Agent"].Estimate, 1, MaxAgentBytes);
        Assert.InRange(NativeOnly.Sum(name => sizes[name].Estimate), 1, MaxAgentBytes);
    }

    [Fact]
    public void The_estimate_is_near_a_real_file()
    {
        string sensor = Path.Combine(Checkout.Root, "hardware", "samples", "Sample.Sensor-1.0.3.0");

        BoardSize size = BoardSize.Of(BoardCompiler.Image($"{sensor}.cs.txt"));

        long real = new FileInfo($"{sensor}.pe").Length;
        Assert.InRange(size.Estimate, real * 0.8, real * 1.2);
    }
}
