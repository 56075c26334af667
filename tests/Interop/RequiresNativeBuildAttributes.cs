namespace IotAttest.Interop.Tests;

/// <summary>A fact that builds and runs the native module: needs g++, cmake and the headers of mbedTLS.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresNativeBuildFactAttribute : FactAttribute
{
    public RequiresNativeBuildFactAttribute() => Skip = NativeBuild.ReasonToSkip();
}

/// <summary>The theory form of <see cref="RequiresNativeBuildFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresNativeBuildTheoryAttribute : TheoryAttribute
{
    public RequiresNativeBuildTheoryAttribute() => Skip = NativeBuild.ReasonToSkip();
}
