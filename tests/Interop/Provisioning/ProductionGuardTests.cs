using System.Diagnostics;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>A firmware that is shipped cannot accept a key: it does not compile with the provisioning sources, and does not contain them.</summary>
[Collection(NativeTests.Name)]
public sealed class ProductionGuardTests(NativeBuild build)
{
    [RequiresNativeBuildTheory]
    [InlineData(true, "-DIOTATTEST_PROVISIONING")]
    [InlineData(false)]
    [InlineData(false, "-DIOTATTEST_PROVISIONING", "-DCONFIG_NF_BUILD_RTM")]
    [InlineData(false, "-DIOTATTEST_PROVISIONING", "-DBUILD_RTM")]
    [InlineData(false, "-DIOTATTEST_PROVISIONING", "-DIOTATTEST_CLOSED_BUILD")]
    public void The_header_compiles_in_a_provisioning_firmware_only(bool compiles, params string[] definitions)
    {
        string header = Path.Combine(NativeBuild.Sources, "core", "provisioning.h");

        (int exitCode, string _, string errors) = Run("g++", ["-std=c++17", "-fsyntax-only", "-x", "c++", .. definitions, header]);

        Assert.Equal(compiles, exitCode == 0);
        Assert.Equal(compiles, !errors.Contains("IOTATTEST_PROVISIONING", StringComparison.Ordinal));
    }

    [RequiresNativeBuildFact]
    public void What_is_shipped_has_no_symbol_of_provisioning()
    {
        foreach (string program in (string[])[build.CoreLibrary, build.Host])
        {
            string symbols = Run("nm", [program]).Output;

            Assert.Contains("decode_identity", symbols, StringComparison.Ordinal);
            Assert.DoesNotContain("rovision", symbols, StringComparison.Ordinal);
        }

        Assert.Contains("rovision", Run("nm", [build.Provisioner]).Output, StringComparison.Ordinal);
    }

    [RequiresNativeBuildTheory]
    [InlineData("provisioning.cpp")]
    [InlineData("provisioning_line.cpp")]
    public void The_sources_are_empty_in_a_firmware_that_is_shipped(string source)
    {
        string path = Path.Combine(NativeBuild.Sources, "core", source);
        string output = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, Run("g++", ["-std=c++17", "-c", "-o", output, path]).ExitCode);
            Assert.Equal("", Run("nm", [output]).Output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
