using IotAttest.Support;

namespace IotAttest.Interop.Tests.Stm32;

/// <summary>The sources compile for a Cortex-M7, and need no code at start-up.</summary>
public sealed class Stm32SizeTests
{
    [RequiresToolFact("arm-none-eabi-g++")]
    public void The_port_compiles_for_a_Cortex_M7()
    {
        string headers = Path.Combine(SharedData.Repository, "tests", "Interop", "Stm32", "fakes");

        (int exitCode, string output) = Stm32Build.Run("bash", Path.Combine(Stm32Build.Sources, "size.sh"), headers);

        Assert.True(exitCode == 0, output);
        Assert.Contains("platform_chibios.o", output, StringComparison.Ordinal);
    }
}
