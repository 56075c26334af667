using IotAttest.Domain.Devices;

namespace IotAttest.Service.Devices;

/// <summary>The words for steps: in routes and history, and in refusals.</summary>
internal static class DeviceSteps
{
    /// <summary>Quarantine, release, repair and return: what a person does to a board in service.</summary>
    public static IReadOnlyList<DeviceStep> OfPersons { get; } = [DeviceStep.Quarantine, DeviceStep.Release, DeviceStep.Repair, DeviceStep.Return];

    public static string Word(this DeviceStep step) => step.ToString().ToLowerInvariant();

    public static string Done(this DeviceStep step) => step switch
    {
        DeviceStep.Quarantine => "quarantined",
        DeviceStep.Release => "released",
        DeviceStep.Repair => "sent to repair",
        DeviceStep.Return => "returned",
        _ => step.Word(),
    };
}
