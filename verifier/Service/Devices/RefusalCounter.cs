namespace IotAttest.Service.Devices;

/// <summary>How often evidence of a device was refused, shown beside the verdict and never part of it.</summary>
internal sealed record RefusalCounter(long Count, string? Last)
{
    public static RefusalCounter None { get; } = new(0, null);
}
