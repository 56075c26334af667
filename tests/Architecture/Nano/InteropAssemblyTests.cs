using IotAttest.Architecture.Tests.Nano.Stubs;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>The managed half of the native module, compiled as boards compile it.</summary>
public sealed class InteropAssemblyTests
{
    private static readonly Lazy<ModuleDefinition> Assembly = new(() => BoardCompiler.Module(Source("NativeAttester.cs"), Source("AssemblyInfo.cs")));

    [Fact]
    public void It_stays_in_the_subset()
    {
        ApiListing listing = ApiListing.Read(BoardCompiler.ListingPath);

        Assert.Empty(Assembly.Value.Types.SelectMany(type => NanoSubset.Lint(type, listing)));
    }

    /// <summary>The interpreter finds native code by position: a type or a managed method more would shift all of it.</summary>
    [Fact]
    public void It_is_one_static_class_of_native_methods_only()
    {
        TypeDefinition type = Assert.Single(Assembly.Value.GetTypes(), type => type.Name != "<Module>");

        Assert.Equal("IotAttest.Interop.NativeAttester", type.FullName);
        Assert.True(type.IsAbstract && type.IsSealed);
        Assert.Empty(type.Fields);
        Assert.Equal(["ReadUeid", "Begin", "Step", "Finish"], type.Methods.Select(method => method.Name));
        Assert.All(type.Methods, method => Assert.True(method.IsStatic && method.IsInternalCall));
    }

    [Fact]
    public void It_states_the_version_of_its_native_half() =>
        Assert.Equal("1.0.0.0", Assembly.Value.Assembly.CustomAttributes.Single(attribute => attribute.AttributeType.Name == "AssemblyNativeVersionAttribute").ConstructorArguments[0].Value);

    private static string Source(string file) => Path.Combine(Checkout.Root, "firmware", "Interop", file);
}
