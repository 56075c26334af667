namespace IotAttest.Service.Appraisals;

/// <summary>A row of the table policies.</summary>
internal sealed class PolicyRow
{
    public string Id { get; init; } = "";

    public long Version { get; init; }

    public byte[] Document { get; init; } = [];

    public long SubmittedAt { get; init; }

    public string SubmittedBy { get; init; } = "";

    public string Reason { get; init; } = "";
}
