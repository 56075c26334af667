namespace IotAttest.Service.Registry;

/// <summary>Boards that run one build, counted. Exact, and therefore not for everybody: see <see cref="LiveView"/>.</summary>
internal sealed class BoardTally
{
    public long Conformant { get; set; }

    public long Pending { get; set; }

    public long Drifted { get; set; }

    public long Silent { get; set; }

    public long Other { get; set; }

    public long Total => Conformant + Pending + Drifted + Silent + Other;
}
