namespace IotAttest.Simulator;

/// <summary>The kind of a device key.</summary>
public enum BoardKeyType
{
    /// <summary>32 bytes for HMAC 256/256.</summary>
    Hmac = 0,

    /// <summary>A P-256 key for ES256.</summary>
    P256 = 1,
}
