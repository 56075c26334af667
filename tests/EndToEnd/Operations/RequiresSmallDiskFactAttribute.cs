using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A fact that mounts a small disk; where that is not allowed it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresSmallDiskFactAttribute : FactAttribute
{
    /// <param name="forPostgres">True when a PostgreSQL server is to lie on it.</param>
    public RequiresSmallDiskFactAttribute(bool forPostgres = false) => Skip = SmallDisk.ReasonToSkip() ?? (forPostgres ? PostgresServer.ReasonToSkip : null);
}
