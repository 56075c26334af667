namespace IotAttest.Domain.Devices;

/// <summary>The kind of a device key, which fixes the COSE object and the algorithms its evidence may use.</summary>
public enum DeviceKeyKind
{
    /// <summary>32-byte symmetric key: COSE_Mac0, HMAC 256/256.</summary>
    Hmac = 1,

    /// <summary>P-256 public key: COSE_Sign1, ES256 or ESP256.</summary>
    P256 = 2,
}
