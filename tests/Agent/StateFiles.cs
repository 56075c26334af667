namespace IotAttest.Agent.Tests;

/// <summary>A board's state in a file system that a test holds.</summary>
internal static class StateFiles
{
    public static DeviceState Provisioned() => new()
    {
        Ueid = [0x01, .. Enumerable.Range(1, 16).Select(value => (byte)value)],
        Key = [.. Enumerable.Range(100, 32).Select(value => (byte)value)],
        Credential = "self",
        NativeCredential = "native",
    };

    public static void Save(IFileStore files, DeviceState state)
    {
        DeviceStateStore store = new(files);
        store.Load(out _);
        Assert.True(store.Save(state));
    }

    public static DeviceState Load(IFileStore files)
    {
        Assert.Equal(StateStatus.Ok, new DeviceStateStore(files).Load(out DeviceState state));
        return state;
    }

    public static long Boot(IFileStore files)
    {
        DeviceStateStore store = new(files);
        store.Load(out DeviceState state);
        FileBootState boot = new(store, state);
        Assert.True(boot.TryBegin());
        return boot.BootCount;
    }
}
