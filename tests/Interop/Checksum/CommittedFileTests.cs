using System.Text.RegularExpressions;
using IotAttest.Interop.Checksum;

namespace IotAttest.Interop.Tests.Checksum;

/// <summary>The native data in the repository belongs to the managed class in the repository; a copy that was changed is noticed.</summary>
public sealed partial class CommittedFileTests
{
    private const string Name = "IotAttest.Interop";

    private static readonly string Managed = File.ReadAllText(Path.Combine(NativeBuild.Sources, "..", "NativeAttester.cs"));
    private static readonly string Native = File.ReadAllText(Path.Combine(NativeBuild.Sources, "nanoclr", "IotAttest_Interop.cpp"));

    [Fact]
    public void The_committed_file_is_in_step() => Assert.Empty(NativeFile.Differences(Native, DataOf(Managed)));

    [Fact]
    public void Every_method_of_the_assembly_is_native() => Assert.DoesNotContain(NativeData.NoHandler, DataOf(Managed).Handlers);

    [Fact]
    public void A_changed_signature_changes_the_checksum() =>
        AssertNoticed(Managed.Replace("int Begin(byte[] challenge)", "int Begin(byte[] challenge, int length)", StringComparison.Ordinal), "checksum", "method table");

    [Fact]
    public void A_renamed_method_changes_the_checksum() =>
        AssertNoticed(Managed.Replace("int Step()", "int Stride()", StringComparison.Ordinal), "checksum", "method table");

    [Fact]
    public void Methods_in_another_order_change_the_checksum()
    {
        string changed = Managed.Replace("int Step()", "int Swap()", StringComparison.Ordinal)
            .Replace("int Begin(byte[] challenge)", "int Step()", StringComparison.Ordinal)
            .Replace("int Swap()", "int Begin(byte[] challenge)", StringComparison.Ordinal);

        AssertNoticed(changed, "checksum", "method table");
    }

    /// <summary>The case that firmware would not notice: the checksum is the same, and every call reaches the wrong function.</summary>
    [Fact]
    public void A_managed_method_in_front_shifts_the_table_only() =>
        AssertNoticed(Managed.Replace("static class NativeAttester\n    {", "static class NativeAttester\n    {\n        public static int Twice(int value) { return value * 2; }\n", StringComparison.Ordinal), "method table");

    [Fact]
    public void A_second_class_in_front_shifts_the_table_only() =>
        AssertNoticed(Managed.Replace("    /// <summary>The native module's calls", "    public delegate void Ahead();\n    /// <summary>The native module's calls", StringComparison.Ordinal), "method table");

    [Fact]
    public void A_managed_method_behind_changes_both() =>
        AssertNoticed(Regex.Replace(Managed, @"\n    \}\s*\}\s*$", "\n        public static int Twice(int value) { return value * 2; }\n    }\n}\n"), "checksum", "method table");

    [Fact]
    public void The_version_is_the_one_the_managed_assembly_states()
    {
        string info = File.ReadAllText(Path.Combine(NativeBuild.Sources, "..", "AssemblyInfo.cs"));

        Version version = Version.Parse(AssemblyNativeVersion().Match(info).Groups[1].Value);

        Assert.Empty(NativeFile.Differences(Native, DataOf(Managed) with { Version = version }));
        Assert.Equal(["version is 1.0.0.0, the assembly says 1.0.0.1"], NativeFile.Differences(Native, DataOf(Managed) with { Version = new Version(1, 0, 0, 1) }));
    }

    [Fact]
    public void The_version_comes_out_of_the_assembly()
    {
        const string Attribute = "namespace System.Reflection { class AssemblyNativeVersionAttribute : System.Attribute { public AssemblyNativeVersionAttribute(string version) { } } }";

        NativeData data = NativeData.Of(ManagedSource.Compile(Name, "[assembly: System.Reflection.AssemblyNativeVersion(\"1.2.3.4\")]", Attribute));

        Assert.Equal(new Version(1, 2, 3, 4), data.Version);
    }

    [Fact]
    public void A_rewritten_file_is_in_step_and_otherwise_the_same()
    {
        NativeData other = DataOf(Managed.Replace("int Step()", "int Stride()", StringComparison.Ordinal)) with { Version = new Version(1, 0, 2, 0) };

        string written = NativeFile.Update(Native, other);

        Assert.Empty(NativeFile.Differences(written, other));
        Assert.Contains("{ 1, 0, 2, 0 }", written, StringComparison.Ordinal);
        Assert.Equal(Native, NativeFile.Update(written, DataOf(Managed) with { Version = new Version(1, 0, 0, 0) }));
    }

    [Fact]
    public void The_interpreters_CMake_finds_checksum_and_version()
    {
        // As the interpreter reads it: one expression over the whole file, which skips text up to the first 0.
        Match match = Regex.Match(Native, @"const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IotAttest_Interop[^0]*(0x[0-9A-F]{8}),\s*method_lookup,\s*\{ (\d+), (\d+), (\d+), (\d+) \}");

        Assert.True(match.Success);
        Assert.DoesNotContain('0', Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("method_lookup[] = { }")]
    public void Another_file_is_refused(string text) => Assert.Throws<FormatException>(() => NativeFile.Read(text));

    private static void AssertNoticed(string source, params string[] what)
    {
        Assert.NotEqual(Managed, source);

        string[] differences = [.. NativeFile.Differences(Native, DataOf(source))];

        Assert.Equal(what, differences.Select(difference => difference[..difference.IndexOf(" is ", StringComparison.Ordinal)]));
    }

    private static NativeData DataOf(string source) => NativeData.Of(ManagedSource.Compile(Name, source));

    [GeneratedRegex(@"AssemblyNativeVersion\(""([\d.]+)""\)")]
    private static partial Regex AssemblyNativeVersion();
}
