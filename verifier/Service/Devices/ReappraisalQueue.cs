using System.Threading.Channels;

namespace IotAttest.Service.Devices;

/// <summary>Manufacturers whose reference values changed: every board of theirs is appraised again, without new evidence.</summary>
internal sealed class ReappraisalQueue
{
    private readonly Channel<string> _manufacturers = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<string> Reader => _manufacturers.Reader;

    /// <summary>Asks for a new appraisal; returns at once.</summary>
    public void Request(string manufacturer) => _manufacturers.Writer.TryWrite(manufacturer);
}
