namespace IotAttest.Interop.Tests.Fuzz;

/// <summary>A theory that builds and runs fuzzers: needs clang with its fuzzer runtime beside what the native build needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresFuzzerTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Reason = new(FuzzBuild.ReasonToSkip);

    public RequiresFuzzerTheoryAttribute() => Skip = Reason.Value;
}
