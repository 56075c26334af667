namespace IotAttest.Service.Tests.Postgres;

/// <summary>A fact about the SQLite file itself: where the whole suite runs on PostgreSQL it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute() => Skip = SqliteOnly.ReasonToSkip;
}

/// <summary>The theory form of <see cref="SqliteFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SqliteTheoryAttribute : TheoryAttribute
{
    public SqliteTheoryAttribute() => Skip = SqliteOnly.ReasonToSkip;
}
