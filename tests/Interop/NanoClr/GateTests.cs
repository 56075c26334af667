namespace IotAttest.Interop.Tests.NanoClr;

/// <summary>Lying application: one that gets code past the measurement by the debug link or by <c>Assembly.Load(byte[])</c>. The module
/// compiles only into an interpreter that has neither.</summary>
public sealed class GateTests : IDisposable
{
    private const string Closed = "-DIOTATTEST_CLOSED_BUILD";
    private const string Rtm = "-DBUILD_RTM";

    private readonly PatchedTree _tree = new();

    [RequiresNativeBuildFact]
    public void A_closed_interpreter_is_accepted()
    {
        (int code, string said) = Compile(Closed, Rtm, "-DI_AM_NANOCLR");

        Assert.True(code == 0, said);
    }

    [RequiresNativeBuildFact]
    public void An_interpreter_without_patches_is_refused()
    {
        File.Delete(_tree.PathOf(PatchedTree.Header));

        AssertRefused("not patched", Closed, Rtm);
    }

    [RequiresNativeBuildFact]
    public void A_development_build_is_refused() => AssertRefused("development build", Closed);

    [RequiresNativeBuildFact]
    public void A_build_with_the_source_level_debugger_is_refused() =>
        AssertRefused("source-level debugging", Closed, Rtm, "-DNANOCLR_ENABLE_SOURCELEVELDEBUGGING");

    [RequiresNativeBuildFact]
    public void The_2_0_line_is_refused() => AssertRefused("2.0 line", Closed, Rtm, "-DCONFIG_NF_FEATURE_HAS_MCUBOOT=1");

    [RequiresNativeBuildTheory]
    [InlineData("the debug link can write")]
    [InlineData("Assembly.Load(byte[])")]
    public void An_open_build_of_a_patched_interpreter_is_refused(string message) => AssertRefused(message, Rtm);

    [RequiresNativeBuildFact]
    public void A_nanoBooter_is_refused() => AssertRefused("the debug link can write", Closed, Rtm, "-DI_AM_NANOBOOTER");

    [RequiresNativeBuildTheory]
    [InlineData("IOTATTEST_DEBUG_LINK_MEMORY   0", "IOTATTEST_DEBUG_LINK_MEMORY   1", "the debug link can write")]
    [InlineData("IOTATTEST_ASSEMBLY_LOAD_BYTES 0", "IOTATTEST_ASSEMBLY_LOAD_BYTES 1", "Assembly.Load(byte[])")]
    [InlineData("#define IOTATTEST_DEBUG_LINK_MEMORY   0", "//", "the debug link can write")]
    [InlineData("#define IOTATTEST_ASSEMBLY_LOAD_BYTES 0", "//", "Assembly.Load(byte[])")]
    [InlineData("IOTATTEST_PATCH_SERIES 1", "IOTATTEST_PATCH_SERIES 2", "another series")]
    public void One_switch_that_is_wrong_is_enough(string right, string wrong, string message)
    {
        string header = _tree.PathOf(PatchedTree.Header);
        string text = File.ReadAllText(header);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(header, text.Replace(right, wrong, StringComparison.Ordinal));

        AssertRefused(message, Closed, Rtm);
    }

    /// <summary>The header says closed, but the file that was to drop its code was not patched.</summary>
    [RequiresNativeBuildTheory]
    [InlineData("startup")]
    [InlineData("debug_link")]
    [InlineData("assembly_load")]
    [InlineData("block_storage")]
    public void A_tree_with_a_patch_missing_does_not_link(string place)
    {
        Assert.Equal(0, Link(_ => true).Code);

        (int code, string said) = Link(patched => patched != place);

        Assert.NotEqual(0, code);
        Assert.Contains($"iotattest_patch_{place}", said, StringComparison.Ordinal);
    }

    /// <summary>What the patched sources say compiles as C and as C++, closed and open.</summary>
    [RequiresNativeBuildTheory]
    [InlineData("c", true)]
    [InlineData("c", false)]
    [InlineData("c++", true)]
    [InlineData("c++", false)]
    public void The_header_of_the_patches_compiles(string language, bool isClosed)
    {
        string source = _tree.PathOf("use.txt");
        File.WriteAllText(source, "#include <nanoPAL_IotAttest.h>\nIOTATTEST_PATCHED(startup);\nvoid start(void);\nvoid start(void) { iotattest_boot(); iotattest_before_write(1, 2); }\n");

        Shell.Require("g++", "-x", language, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", $"-I{_tree.HeaderFolder}", isClosed ? Closed : "-DI_AM_NANOCLR", source);
    }

    public void Dispose() => _tree.Dispose();

    private void AssertRefused(string message, params string[] definitions)
    {
        (int code, string said) = Compile(definitions);

        Assert.NotEqual(0, code);
        Assert.Contains("IotAttest: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    // The native data itself, without which the interpreter finds no method.
    private (int Code, string Said) Compile(params string[] definitions) =>
        Shell.Run("g++", ["-std=c++17", "-fsyntax-only", $"-I{_tree.HeaderFolder}", $"-I{NanoClrBuild.Sources}/fake", .. definitions, $"{NativeBuild.Sources}/nanoclr/IotAttest_Interop.cpp"]);

    private (int Code, string Said) Link(Func<string, bool> isPatched)
    {
        string[] places = ["startup", "debug_link", "assembly_load", "block_storage"];
        string source = _tree.PathOf("places.cpp");
        string program = _tree.PathOf("places");
        File.WriteAllText(source, "#include \"closed_build.h\"\n" + string.Concat(places.Where(isPatched).Select(place => $"IOTATTEST_PATCHED({place});\n"))
            + "int main() { return iotattest::is_closed() ? 0 : 1; }\n");
        return Shell.Run("g++", "-std=c++17", $"-I{_tree.HeaderFolder}", $"-I{NativeBuild.Sources}/nanoclr", Closed, Rtm, "-o", program, source);
    }
}
