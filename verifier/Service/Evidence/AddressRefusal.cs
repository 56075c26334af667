namespace IotAttest.Service.Evidence;

/// <summary>Refusals from one address.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Count">Since the verifier started.</param>
/// <param name="Last">The last <see cref="Domain.Evidence.RefusalCode"/>.</param>
/// <param name="LastAt">When.</param>
internal sealed record AddressRefusal(string Address, long Count, string Last, DateTimeOffset LastAt);
