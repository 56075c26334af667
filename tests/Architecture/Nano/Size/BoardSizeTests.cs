using IotAttest.Architecture.Tests.Nano.Stubs;
using Xunit.Abstractions;

namespace IotAttest.Architecture.Tests.Nano.Size;

public sealed class BoardSizeTests(ITestOutputHelper output)
{
    private const int MaxStringBytes = 65535;
    private const int MaxIlBytes = 24 * 1024;

    [Fact]
    public void Protocol_and_agent_stay_small()
    {
        BoardSize size = BoardSize.Of(BoardCompiler.AgentImage());

        output.WriteLine(size.ToString());
        Assert.InRange(size.Strings, 1, MaxStringBytes);
        Assert.InRange(size.IlBytes, 1, MaxIlBytes);
    }
}
