namespace IotAttest.Support;

/// <summary>A fact that builds and runs the native module; where that cannot be built it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresNativeBuildFactAttribute : FactAttribute
{
    /// <param name="tools">What else it needs on PATH.</param>
    public RequiresNativeBuildFactAttribute(params string[] tools) => Skip = NativeSources.ReasonToSkip() ?? Tools.ReasonToSkip(tools);
}

/// <summary>The theory form of <see cref="RequiresNativeBuildFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresNativeBuildTheoryAttribute : TheoryAttribute
{
    /// <param name="tools">What else it needs on PATH.</param>
    public RequiresNativeBuildTheoryAttribute(params string[] tools) => Skip = NativeSources.ReasonToSkip() ?? Tools.ReasonToSkip(tools);
}
