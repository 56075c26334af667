namespace IotAttest.Service.Organisations;

/// <summary>A key that was taken from its organisation.</summary>
/// <param name="Key">The key.</param>
/// <param name="At">When it was removed.</param>
/// <param name="Reason">Why, in the operator's words.</param>
internal sealed record RemovedKey(OrganisationKey Key, DateTimeOffset At, string Reason);
