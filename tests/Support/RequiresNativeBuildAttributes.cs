namespace IotAttest.Support;

/// <summary>A fact that builds and runs the native module; where that cannot be built it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresNativeBuildFactAttribute : FactAttribute
{
    public RequiresNativeBuildFactAttribute() => Skip = NativeSources.ReasonToSkip();
}

/// <summary>The theory form of <see cref="RequiresNativeBuildFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresNativeBuildTheoryAttribute : TheoryAttribute
{
    public RequiresNativeBuildTheoryAttribute() => Skip = NativeSources.ReasonToSkip();
}
