using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>Evidence of a board out of service: whoever sends it has its key.</summary>
internal sealed record AlarmView(long Count, string? Last)
{
    public static AlarmView Of(AlarmCounter alarms) => new(alarms.Count, UtcText.Of(alarms.LastAt));
}
