namespace IotAttest.Service.Audit;

/// <summary>How many refused writes of one organisation get a row: who is logged in must not fill the disk with what was refused.</summary>
internal sealed class RefusalBudget(TimeProvider clock)
{
    public const int RowsAnHour = 200;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Spent> _byOrganisation = [];

    /// <summary>Asks for a row.</summary>
    /// <param name="organisation">Whose request it was.</param>
    /// <param name="isRefusal">True when it was refused; anything else always gets a row.</param>
    /// <returns>How many rows were left out since the last one, or null when this one is left out too.</returns>
    public long? Take(string organisation, bool isRefusal)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Spent spent = _byOrganisation.GetValueOrDefault(organisation) ?? new Spent(now, 0, 0);
            if (now >= spent.Since + Window)
            {
                spent = spent with { Since = now, Rows = 0 };
            }

            bool isLeftOut = isRefusal && spent.Rows >= RowsAnHour;
            _byOrganisation[organisation] = isLeftOut
                ? spent with { Omitted = spent.Omitted + 1 }
                : spent with { Rows = spent.Rows + (isRefusal ? 1 : 0), Omitted = 0 };
            return isLeftOut ? null : spent.Omitted;
        }
    }

    private sealed record Spent(DateTimeOffset Since, int Rows, long Omitted);
}
