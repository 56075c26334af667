namespace IotAttest.Service.Devices;

/// <summary>Some devices; <paramref name="Next"/> is the cursor of the next page, null at the end.</summary>
internal sealed record DevicePage(IReadOnlyList<DeviceView> Devices, string? Next);
