namespace IotAttest.Support;

/// <summary>A fact that needs programs on PATH (a broker, an interpreter); without them it is skipped and says which.</summary>
/// <remarks>With <c>IOTATTEST_REQUIRE_ALL=1</c> nothing is skipped: the test runs and fails where the program is missing.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolFactAttribute : FactAttribute
{
    public RequiresToolFactAttribute(params string[] tools) => Skip = Tools.ReasonToSkip(tools);
}

/// <summary>The theory form of <see cref="RequiresToolFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolTheoryAttribute : TheoryAttribute
{
    public RequiresToolTheoryAttribute(params string[] tools) => Skip = Tools.ReasonToSkip(tools);
}

/// <summary>A fact that reads the conformance data beside the checkout; without that folder it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSharedDataFactAttribute : FactAttribute
{
    public RequiresSharedDataFactAttribute(string path) => Skip = SharedData.ReasonToSkip(path);
}

/// <summary>The theory form of <see cref="RequiresSharedDataFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSharedDataTheoryAttribute : TheoryAttribute
{
    public RequiresSharedDataTheoryAttribute(string path) => Skip = SharedData.ReasonToSkip(path);
}
