using IotAttest.Domain.Devices;
using IotAttest.Domain.Freshness;

namespace IotAttest.Domain.Evidence;

/// <summary>Decides whether the nonce of decoded claims is fresh for a board.</summary>
/// <param name="claims">The claims; not authenticated yet.</param>
/// <param name="device">The board's record.</param>
/// <param name="stamp">What accepting the evidence spends.</param>
/// <returns>Null when fresh, else the refusal.</returns>
public delegate Refusal? FreshnessCheck(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp);
