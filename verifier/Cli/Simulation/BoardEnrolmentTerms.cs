namespace IotAttest.Cli.Simulation;

/// <summary>What enrolment fixes for every board of a product: class, maker and the words of the enrolment record.</summary>
internal sealed record BoardEnrolmentTerms(Guid ClassId, long OemId, string Strength, string Freshness, string Organisation)
{
    public const string Native = "native";
    public const string SelfReported = "self-reported";
    public const string Challenge = "challenge";
    public const string Epoch = "epoch";
}
