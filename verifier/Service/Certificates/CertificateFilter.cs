using IotAttest.Service.Hosting;

namespace IotAttest.Service.Certificates;

/// <summary>Which certificates a list shall hold; null means any.</summary>
internal sealed record CertificateFilter(string? Build, string? Body, string? Scheme, string? Manufacturer, Paging Paging);
