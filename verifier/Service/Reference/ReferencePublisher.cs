using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Reference;

/// <summary>Puts changed reference values in force: seen by every verdict from now on, and every affected board is appraised again.</summary>
internal sealed class ReferencePublisher(ReferenceDirectory references, ReappraisalQueue queue)
{
    /// <summary>Changes what is in force. Called on the writer thread after the commit: changes come in the order of their jobs, so each
    /// finds what the one before left.</summary>
    public void Publish(string manufacturer, Func<ManufacturerReference, ManufacturerReference> change) =>
        Publish(manufacturer, change(references.Of(manufacturer)));

    /// <summary>Replaces what is in force. Called on the writer thread after the commit.</summary>
    public void Publish(string manufacturer, ManufacturerReference reference)
    {
        references.Replace(manufacturer, reference);
        queue.Request(manufacturer);
    }
}
