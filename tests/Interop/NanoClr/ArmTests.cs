using IotAttest.Support;

namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>The interpreter side compiles for the processors of boards, as firmware is compiled.</summary>
public sealed class ArmTests
{
    [RequiresToolTheory("arm-none-eabi-g++")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void It_compiles_for(string processor)
    {
        using PatchedTree tree = new();
        string[] flags =
        [
            $"-mcpu={processor}", "-mthumb", "-std=c++17", "-Os", "-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow",
            "-DIOTATTEST_CLOSED_BUILD", "-DBUILD_RTM", "-DI_AM_NANOCLR", $"-I{NanoClrBuild.Sources}/fake", $"-I{NativeBuild.Sources}/core", $"-I{tree.HeaderFolder}",
        ];

        Assert.All(Directory.EnumerateFiles(Path.Combine(NativeBuild.Sources, "nanoclr"), "*.cpp"), source =>
            Shell.Require("arm-none-eabi-g++", [.. flags, "-c", source, "-o", tree.PathOf("part.o")]));
    }
}
