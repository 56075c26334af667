using IotAttest.Architecture.Tests.Nano.Stubs;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>What the lint says of short sources, compiled as boards compile them.</summary>
public sealed class RefusedSourceTests
{
    [Theory]
    [InlineData("static int Run(bool f, uint a) { return (f ? (int)(a - 10) : 5) >> 1; }")]
    [InlineData("static int Run(bool f, uint a) { return (f ? 5 : (int)(a - 10)) >> 1; }")]
    [InlineData("static int Run(bool f, bool g, uint a) { return (f && g ? (int)(a - 10) : 5) >> 1; }")]
    [InlineData("static int Run(int n, int b, uint a) { return (n == 0 ? b : n == 1 ? (int)(a - 10) : n) >> 1; }")]
    public void A_choice_is_unsigned_when_one_of_its_ways_is(string member) => Refuses(member, "NoOpCast");

    [Theory]
    [InlineData("static long Run(ref ulong u) { return (long)u >> 1; }")]
    [InlineData("static long Run(out ulong u) { u = 1; return (long)u >> 1; }")]
    [InlineData("static long Run(ulong[][] u) { return (long)u[0][1] >> 1; }")]
    [InlineData("static long Run(ulong[] u) { ref ulong at = ref u[1]; return (long)at >> 1; }")]
    [InlineData("ulong _u; static long Run(Source s) { ref ulong at = ref s._u; at++; return (long)at >> 1; }")]
    [InlineData("static int Run(ref uint u) { return (int)u >> 1; }")]
    [InlineData("static int Run(uint[][] u) { return (int)u[0][1] >> 1; }")]
    [InlineData("static long Run(object o) { return (long)((ulong[])o)[0] >> 1; }")]
    public void An_element_or_a_reference_keeps_its_sign(string member) => Refuses(member, "NoOpCast");

    [Theory]
    [InlineData("enum E : uint { A } static int Run(E e) { return (int)e >> 1; }", "NoOpCast")]
    [InlineData("enum E : ulong { A } static long Run(E e) { return (long)e >> 1; }", "NoOpCast")]
    [InlineData("enum E : ulong { A } static long Run(E[] e) { return (long)e[0] >> 1; }", "NoOpCast")]
    [InlineData("enum E : ulong { A } static long Run(ref E e) { return (long)e >> 1; }", "NoOpCast")]
    [InlineData("enum E : uint { A } static int Run(E e) { return (int)(e - 10) % 4; }", "MixedSignRemainder")]
    public void An_enum_is_unsigned_as_its_underlying_type_is(string member, string rule) => Refuses(member, rule);

    [Theory]
    [InlineData("static double Run(uint u) { return (double)(int)(u - 10); }")]
    [InlineData("static float Run(uint u) { return (float)(int)(u - 10); }")]
    [InlineData("static double Run(ulong u) { return (double)(long)(u - 10); }")]
    public void A_cast_is_not_widened_to_floating_point_at_once(string member) => Refuses(member, "NoOpCast");

    [Theory]
    [InlineData("static int Run(int i, uint u) { return (i + (int)u) >> 1; }")]
    [InlineData("static int Run(int i, uint u) { return (i | (int)u) >> 1; }")]
    [InlineData("static long Run(long i, ulong u) { return (i * (long)u) >> 1; }")]
    public void A_sum_is_unsigned_when_one_of_its_operands_is(string member) => Refuses(member, "NoOpCast");

    [Theory]
    [InlineData("enum E { A } static string Run(E e) { return $\"x{e}y\"; }")]
    [InlineData("enum E { A } static string Run(E e) { return string.Format(\"{0}\", e); }")]
    [InlineData("enum E { A } static string Run(E e) { return string.Concat((object)e); }")]
    [InlineData("enum E { A } static string Run(E e) { object o = e; return o.ToString(); }")]
    [InlineData("static string Run(System.DayOfWeek e) { object o = e; return o.ToString(); }")]
    public void An_enum_becomes_no_object(string member) => Refuses(member, "EnumToString");

    [Theory]
    [InlineData("static readonly bool B = new IotAttest.Agent.FileStore(\"I:\\\\\").Exists(\"a\");")]
    [InlineData("static readonly int B = IotAttest.Interop.NativeAttester.Step();")]
    [InlineData("static readonly bool B = At(null); static bool At(IotAttest.Agent.IFileStore store) { return store.Exists(\"a\"); }")]
    [InlineData("abstract class A { public abstract int Get(); } static readonly int B = At(null); static int At(A a) { return a.Get(); }")]
    [InlineData("delegate int D(); static readonly int B = At(null); static int At(D d) { return d(); }")]
    public void A_static_constructor_reaches_nothing_that_may_do_io(string member) => Refuses(member, "StaticConstructorIo");

    [Theory]
    [InlineData("static string Run() { return new string('\\0', 3); }")]
    [InlineData("static string Run(int n) { return new string('\\0', n + 1); }")]
    [InlineData("static string Run(string s) { return s.PadLeft(4, '\\0'); }")]
    [InlineData("static void Run(System.Text.StringBuilder s) { s.Append('\\0'); }")]
    public void No_string_is_filled_with_zeros(string member) => Refuses(member, "ZeroInString");

    [Theory]
    [InlineData("static int Run(int i) { return i / -1; }")]
    [InlineData("static long Run(long i) { return i / -1; }")]
    [InlineData("static int Run(int i) { return i % -1; }")]
    public void Nothing_is_divided_by_minus_one(string member) => Refuses(member, "MinusOneDivisor");

    [Theory]
    [InlineData("static int Run(bool f, uint a, int b) { int s = (int)(a - 10); return (f ? s : b) + (f ? b : s) >> 1; }")]
    [InlineData("static uint Run(bool f, uint a) { return (f ? a - 10 : 5) >> 1; }")]
    [InlineData("static long Run(long[][] u, ref long v) { return (u[0][1] >> 1) + (v >> 1); }")]
    [InlineData("enum E { A } static int Run(E e) { return (int)e >> 1; }")]
    [InlineData("enum E : byte { A } static int Run(E e) { return (int)e % 4; }")]
    [InlineData("enum E { A } static bool Run(E e, E f) { return e == f; }")]
    [InlineData("static double Run(uint u, int i) { return (double)u + i; }")]
    [InlineData("static int Run(int i, uint u) { return i + (int)(u >> 1); }")]
    [InlineData("static int Run(int i, int j) { return i / j + i / 2; }")]
    [InlineData("static string Run(int n) { return new string(' ', n); }")]
    [InlineData("static int Run(byte[] b) { System.SpanByte s = new System.SpanByte(b); s[0] = 1; return s.Slice(1).Length; }")]
    [InlineData("static string[] Run(string s) { return s.Split('\\0'); }")]
    [InlineData("static readonly string B = 7.ToString() + \"a\".Length.ToString(); static readonly object C = new System.Collections.Hashtable();")]
    public void Code_that_boards_run_well_passes(string member) => Assert.Empty(Lint(member));

    private static void Refuses(string member, string rule) => Assert.Contains(Lint(member), finding => finding.Rule == rule);

    private static Finding[] Lint(string member) =>
        [.. BoardCompiler.ModuleOf($"namespace IotAttest {{ sealed class Source {{ {member} }} }}").Types.SelectMany(type => NanoSubset.Lint(type, Listing.Value))];

    private static readonly Lazy<ApiListing> Listing = new(() => ApiListing.Read(BoardCompiler.ListingPath));
}
