using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Reference;

/// <summary>Puts changed reference values in force: seen by every verdict from now on, and every affected board is appraised again.</summary>
internal sealed class ReferencePublisher(ReferenceDirectory references, ReappraisalQueue queue)
{
    /// <summary>Called on the writer thread after the commit.</summary>
    public void Publish(string manufacturer, ManufacturerReference reference)
    {
        references.Replace(manufacturer, reference);
        queue.Request(manufacturer);
    }
}
