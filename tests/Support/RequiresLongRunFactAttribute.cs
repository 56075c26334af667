namespace IotAttest.Support;

/// <summary>A fact that takes many minutes: it runs where <c>IOTATTEST_LONG=1</c> asks for it, else it is skipped and says so.</summary>
/// <remarks><c>IOTATTEST_REQUIRE_ALL=1</c> does not start it: a long run is not a missing tool. A class of long facts carries <c>[Trait("Run", "long")]</c>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresLongRunFactAttribute : FactAttribute
{
    /// <param name="tools">What else it needs on PATH.</param>
    public RequiresLongRunFactAttribute(params string[] tools) => Skip = LongRun.ReasonToSkip() ?? Tools.ReasonToSkip(tools);
}

/// <summary>The theory form of <see cref="RequiresLongRunFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresLongRunTheoryAttribute : TheoryAttribute
{
    /// <param name="tools">What else it needs on PATH.</param>
    public RequiresLongRunTheoryAttribute(params string[] tools) => Skip = LongRun.ReasonToSkip() ?? Tools.ReasonToSkip(tools);
}
