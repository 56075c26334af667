using IotAttest.Domain.Appraisal;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Devices;

/// <summary>Which devices a list shall hold; null means any.</summary>
internal sealed record DeviceFilter(Conformity? Conformity, Guid? ClassId, string? Build, string? Organisation, string? Group, Paging Paging)
{
    public bool Fits(Verdict verdict) => (Conformity is null || verdict.Conformity == Conformity) && (Build is null || verdict.Build == Build);
}
