using System.Diagnostics;
using IotAttest.Interop.Checksum;

namespace IotAttest.Interop.Tests.Checksum;

/// <summary>The tool as a build calls it.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Source = "public static class B { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] public static extern int Go(); }";

    private const string File1 = """
        static const CLR_RT_MethodHandler method_lookup[] = { NULL, };
        const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_X = { "X", 0x00000001, method_lookup, { 1, 0, 0, 0 } };
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-checksum-");

    private string Assembly => Path.Combine(_folder.FullName, "X.dll");

    private string Native => Path.Combine(_folder.FullName, "X.cpp");

    public ProgramTests()
    {
        ManagedSource.Compile("X", Source).Write(Assembly);
        File.WriteAllText(Native, File1);
    }

    [Fact]
    public void It_prints_both_checksums()
    {
        (int code, string output, _) = Run(Assembly);

        Assert.Equal(0, code);
        Assert.Contains($"v1 (NFMRK1) 0x{PeCrc.Add(0, "Go___STATIC__I4"):X8}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_tells_what_is_stale_and_write_mends_it()
    {
        (int stale, _, string said) = Run(Assembly, "--check", Native);
        (int written, _, _) = Run(Assembly, "--write", Native);
        (int inStep, _, _) = Run(Assembly, "--check", Native);

        Assert.Equal((1, 0, 0), (stale, written, inStep));
        Assert.Contains("checksum is 0x00000001", said, StringComparison.Ordinal);
        Assert.Contains("method table is [NULL], the assembly has [Library_X_B::Go___STATIC__I4]", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_language_rules_it_refuses()
    {
        (int code, string output, string said) = Run([Assembly], invariant: true);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("InvariantGlobalization", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("a.dll", "--check")]
    [InlineData("a.dll", "--mend", "b.cpp")]
    [InlineData("missing.dll")]
    public void A_wrong_call_is_told(params string[] arguments)
    {
        (int code, _, string said) = Run(arguments);

        Assert.Equal(2, code);
        Assert.NotEmpty(said);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int Code, string Output, string Errors) Run(params string[] arguments) => Run(arguments, invariant: false);

    private static (int Code, string Output, string Errors) Run(string[] arguments, bool invariant)
    {
        ProcessStartInfo start = new("dotnet", [typeof(PeCrc).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (invariant)
        {
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
