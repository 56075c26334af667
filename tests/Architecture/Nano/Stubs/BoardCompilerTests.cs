using IotAttest.Support;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>The compiler itself refuses what boards lack.</summary>
public sealed class BoardCompilerTests
{
    private const string SharedListing = "reference/nanoframework-api.txt";

    [Fact]
    public void The_board_projects_compile_against_the_library_of_boards()
    {
        string[] known = [.. ApiReader.Read(BoardCompiler.ListingPath).Select(assembly => assembly.Name), .. BoardCompiler.Assemblies.Keys];

        Assert.Equal(7, BoardCompiler.Assemblies.Count);
        Assert.All(BoardCompiler.Modules().SelectMany(module => module.AssemblyReferences), reference => Assert.Contains(reference.Name, known));
        Assert.Equal(2, BoardCompiler.Modules().Count(module => module.EntryPoint is not null));
    }

    [Fact]
    public void A_board_that_must_have_the_native_module_needs_no_managed_encoder()
    {
        string[] needed = ["IotAttest.Agent", "IotAttest.Boards", "IotAttest.Interop", "IotAttest.Protocol"];

        ModuleDefinition[] modules = [.. BoardCompiler.Modules().Where(module => needed.Contains(module.Assembly.Name.Name))];

        Assert.Equal(needed.Length, modules.Length);
        Assert.DoesNotContain(modules.SelectMany(module => module.AssemblyReferences), reference => reference.Name is "IotAttest.SelfReport" or "nanoFramework.System.Security.Cryptography");
    }

    [Theory]
    [InlineData("string.Join(\",\", new string[1])", "CS0117")]
    [InlineData("new string('a', 3).Replace('a', 'b')", "CS1061")]
    [InlineData("System.Array.Empty<byte>()", "CS0117")]
    [InlineData("new System.Span<byte>(new byte[1])", "CS0234")]
    [InlineData("new System.Collections.Generic.List<int>()", "CS0234")]
    [InlineData("System.Security.Cryptography.SHA256.HashData(new byte[1])", "CS0234")]
    [InlineData("new System.Diagnostics.Stopwatch()", "CS0234")]
    [InlineData("System.DateTimeOffset.UtcNow", "CS0234")]
    [InlineData("(object)(1, 2)", "CS8179")]
    [InlineData("(int?)1", "CS0518")]
    [InlineData("1m", "CS0518")]
    [InlineData("new System.SpanByte(new byte[1])", "CS0029")] // a ref struct becomes no object
    public void A_source_with_what_boards_lack_is_refused(string expression, string error)
    {
        string[] errors = BoardCompiler.ErrorsIn($"static class Source {{ static object Get() {{ return {expression}; }} }}");

        Assert.Contains(errors, seen => seen.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void Sorting_an_array_is_refused()
    {
        string[] errors = BoardCompiler.ErrorsIn("static class Source { static void Sort(int[] values) { System.Array.Sort(values); } }");

        Assert.Contains("CS0117", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string.Concat(\"a\", \"b\")")]
    [InlineData("$\"{1}-{2:X4}\"")]
    [InlineData("\"a/b\".Split('/')[1][0]")]
    [InlineData("new System.Collections.Hashtable()[\"key\"]")]
    [InlineData("System.Text.Encoding.UTF8.GetBytes(\"a\").Length")]
    [InlineData("new System.SpanByte(new byte[4], 1, 3).Slice(1).ToArray()[0]")]
    [InlineData("((System.SpanByte)new byte[2])[1]")]
    [InlineData("new System.IO.MemoryStream(new byte[1]).Read(new System.SpanByte(new byte[1]))")]
    [InlineData("System.DateTime.UtcNow.AddSeconds(1) > System.DateTime.UtcNow")]
    [InlineData("new System.Security.Cryptography.HMACSHA256(new byte[32]).ComputeHash(new byte[1])")]
    public void A_source_with_what_boards_have_is_taken(string expression)
    {
        Assert.Empty(BoardCompiler.ErrorsIn($"static class Source {{ static object Get() {{ return {expression}; }} }}"));
    }

    [Fact]
    public void Newer_language_than_boards_take_is_refused()
    {
        string[] errors = BoardCompiler.ErrorsIn("namespace Source; static class Empty { }");

        Assert.Contains("CS8773", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_assemblies_hold_what_the_listing_names_and_nothing_else()
    {
        List<ApiAssembly> listed = ApiReader.Read(BoardCompiler.ListingPath);

        string[] built = [.. StubBuilder.Build(listed).SelectMany(stub => MembersOf(stub.Value)).Where(key => !IsOfTheStubs(key)).Order()];

        string[] expected = [.. listed.SelectMany(assembly => assembly.Types).SelectMany(KeysOf).Order()];
        Assert.True(expected.Length > 2000);
        Assert.Equal(expected, built);
    }

    [RequiresSharedDataFact(SharedListing)]
    public void The_copy_of_the_listing_is_part_of_the_whole()
    {
        HashSet<string> whole = [.. File.ReadLines(SharedData.PathOf(SharedListing))];

        Assert.DoesNotContain(File.ReadLines(BoardCompiler.ListingPath).Where(line => !line.StartsWith("# This copy", StringComparison.Ordinal)), line => !whole.Contains(line));
    }

    private static IEnumerable<string> KeysOf(ApiType type) =>
        type.Members.Select(member => $"{type.Name}::{member.Name}{(member.Parameters is null ? "" : $"({string.Join(',', member.Parameters)})")}");

    private static IEnumerable<string> MembersOf(byte[] image)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image));
        return [.. module.GetTypes().SelectMany(type => type.Methods.Concat<MemberReference>(type.Fields)).Select(ApiListing.KeyOf)];
    }

    private static bool IsOfTheStubs(string key) =>
        key.EndsWith("::value__", StringComparison.Ordinal) || key.EndsWith("::" + StubMembers.StructField, StringComparison.Ordinal)
        || key.Contains(StubBuilder.RefStructMark, StringComparison.Ordinal);
}
