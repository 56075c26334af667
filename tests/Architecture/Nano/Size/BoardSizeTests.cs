using IotAttest.Architecture.Tests.Nano.Stubs;
using Xunit.Abstractions;

namespace IotAttest.Architecture.Tests.Nano.Size;

public sealed class BoardSizeTests(ITestOutputHelper output)
{
    private const int MaxStringBytes = 65535;
    private const int MaxIlBytes = 16 * 1024;

    [Fact]
    public void Protocol_and_agent_stay_small()
    {
        BoardSize size = BoardSize.Of(BoardCompiler.AgentImage());

        output.WriteLine(size.ToString());
        Assert.InRange(size.Strings, 1, MaxStringBytes);
        Assert.InRange(size.IlBytes, 1, MaxIlBytes);
    }

    [Fact]
    public void The_estimate_is_near_a_real_file()
    {
        string sensor = Path.Combine(Checkout.Root, "hardware", "samples", "Sample.Sensor-1.0.3.0");

        BoardSize size = BoardSize.Of(BoardCompiler.Image($"{sensor}.cs.txt"));

        output.WriteLine(size.ToString());
        long real = new FileInfo($"{sensor}.pe").Length;
        Assert.InRange(size.Estimate, real * 0.8, real * 1.2);
    }
}
