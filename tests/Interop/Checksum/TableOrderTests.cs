using IotAttest.Interop.Checksum;
using Mono.Cecil;

namespace IotAttest.Interop.Tests.Checksum;

public sealed class TableOrderTests
{
    [Fact]
    public void Types_are_sorted_by_language_and_not_by_code_point() =>
        Assert.Equal(["A.able", "A.Baker"], Types("namespace A { class Baker { } class able { } }"));

    [Fact]
    public void A_type_follows_its_interfaces() =>
        Assert.Equal(["A.Z", "A.B"], Types("namespace A { class B : Z { } interface Z { } }"));

    [Fact]
    public void A_nested_type_follows_its_declaring_type_and_what_that_one_uses() =>
        Assert.Equal(["A.Z", "A.B", "A.B/C"], Types("namespace A { class B : Z { class C { } } interface Z { } }"));

    [Fact]
    public void A_type_follows_what_the_calls_in_its_bodies_return_and_take() =>
        Assert.Equal(
            ["A.Z", "A.Y", "A.B", "A.Other"],
            Types("namespace A { class B { void Run() { Other.Make(null); } } class Other { public static Z Make(Y[] all) { return null; } } class Y { } class Z { } }"));

    [Fact]
    public void Two_types_that_use_each_other_come_once()
    {
        string[] types = Types("namespace A { class B { public static C Get() { return C.Get().Back(); } } class C { public static C Get() { return null; } public C Back() { B.Get(); return this; } } }");

        Assert.Equal(["A.C", "A.B"], types);
    }

    [Theory]
    [InlineData("class ThisAssembly { }")]
    [InlineData("class RefSafetyRulesAttribute { class Inner { } }")]
    [InlineData("class AccessedThroughPropertyAttribute { }")]
    [InlineData("[System.Runtime.CompilerServices.ExcludeType] class Left { class Inner { } }")]
    public void Some_types_never_reach_the_PE(string type)
    {
        string[] types = Types(type, "class Kept { }", "namespace System.Runtime.CompilerServices { class ExcludeTypeAttribute : System.Attribute { } }");

        Assert.Equal(["Kept", "System.Runtime.CompilerServices.ExcludeTypeAttribute"], types);
    }

    [Fact]
    public void Methods_are_virtual_then_instance_then_static()
    {
        TypeDefinition type = ManagedSource.Compile("X", "class B { static void S1() { } void I1() { } public virtual void V1() { } static B() { } static void S2() { } B() { } public override string ToString() { return null; } }").GetType("B");

        Assert.Equal(["V1", "ToString", "I1", ".ctor", "S1", ".cctor", "S2"], TableOrder.Methods(type).Select(method => method.Name));
    }

    [Theory]
    [InlineData("delegate void D();", false)]
    [InlineData("interface D { void Go(); }", false)]
    [InlineData("enum D { One }", false)]
    [InlineData("struct D { }", true)]
    [InlineData("static class D { }", true)]
    public void Checksums_count_classes_and_structs(string source, bool isCounted) =>
        Assert.Equal(isCounted, TableOrder.IsCounted(ManagedSource.Compile("X", source).GetType("D")));

    [Theory]
    [InlineData("abstract class D { public abstract void Go(); }", false)]
    [InlineData("class D { public void Go() { } }", false)]
    [InlineData("class D { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] public extern void Go(); }", true)]
    public void A_native_method_has_no_body_and_is_not_abstract(string source, bool isNative) =>
        Assert.Equal(isNative, TableOrder.IsNative(ManagedSource.Compile("X", source).GetType("D").Methods.Single(method => method.Name == "Go")));

    [Theory]
    [InlineData("static extern void Go()", "Go___STATIC__VOID")]
    [InlineData("extern bool Go(sbyte a, byte b, char c, short d, ushort e)", "Go___BOOLEAN__I1__U1__CHAR__I2__U2")]
    [InlineData("extern int Go(uint a, long b, ulong c, float d, double e)", "Go___I4__U4__I8__U8__R4__R8")]
    [InlineData("extern string Go(object a, ref int b, out byte[] c, System.IntPtr d, System.UIntPtr e)", "Go___STRING__OBJECT__BYREF_I4__BYREF_SZARRAY_U1__I4__U4")]
    [InlineData("extern System.DateTime Go(System.Text.StringBuilder[] a)", "Go___SystemDateTime__SZARRAY_SystemTextStringBuilder")]
    public void Tokens_spell_types(string native, string token)
    {
        ModuleDefinition module = ManagedSource.Compile("X", ManagedSource.Class("A.B", 1, native));

        Assert.Equal(token, MethodToken.Of(module.GetType("A.B").Methods.Single(method => method.Name == "Go")));
    }

    [Fact]
    public void A_nested_class_is_named_after_its_declaring_class() =>
        Assert.Equal("A_B_C", MethodToken.OfClass(ManagedSource.Compile("X", "namespace A { class B { class C { } } }").GetType("A.B/C")));

    private static string[] Types(params string[] sources) => [.. TableOrder.Types(ManagedSource.Compile("X", sources)).Select(type => type.FullName)];
}
