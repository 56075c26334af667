namespace IotAttest.Service.Audit;

/// <summary>Marks a route that changes nothing although its method is not GET: it stays out of the audit log.</summary>
internal sealed record ReadOnlyRoute;
