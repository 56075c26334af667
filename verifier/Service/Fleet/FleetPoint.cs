using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Fleet;

/// <summary>How many boards were how at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Counts">By the number of the conformity.</param>
internal sealed record FleetPoint(DateTimeOffset At, int[] Counts)
{
    public int Of(Conformity conformity) => Counts[(int)conformity];
}
