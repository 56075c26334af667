using System.Threading.Channels;

namespace IotAttest.Service.Devices;

/// <summary>What the re-appraisal loop must know: whose reference values changed, and which boards came to another group of verdicts.</summary>
internal sealed class ReappraisalQueue
{
    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<Item> Reader => _items.Reader;

    /// <summary>Asks for a new appraisal of every board of a manufacturer, without new evidence; returns at once.</summary>
    public void Request(string manufacturer) => _items.Writer.TryWrite(new Item(manufacturer, null, null));

    /// <summary>Asks for a new appraisal of every board; returns at once.</summary>
    public void RequestAll() => _items.Writer.TryWrite(default);

    /// <summary>Says that a board has facts that it had not before. Called before the commit; should that fail, nothing is lost.</summary>
    public void Note(DeviceEntry device, DeviceState state) => _items.Writer.TryWrite(new Item(null, device, state));

    /// <summary>A board and its state, or a manufacturer, or neither: everybody.</summary>
    public readonly record struct Item(string? Manufacturer, DeviceEntry? Device, DeviceState? State);
}
