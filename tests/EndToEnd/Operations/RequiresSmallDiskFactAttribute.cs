namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A fact that mounts a small disk; where that is not allowed it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresSmallDiskFactAttribute : FactAttribute
{
    public RequiresSmallDiskFactAttribute() => Skip = SmallDisk.ReasonToSkip();
}
