namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>The numbers of <c>core/provisioning.h</c>.</summary>
internal enum ProvisioningError
{
    BadRequest = 1,
    BadIdentity = 2,
    AlreadyProvisioned = 3,
    KeyRefused = 4,
    StoreFailed = 5,
}
