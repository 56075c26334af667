namespace IotAttest.Interop.Tests;

/// <summary>The numbers of core/error.h; a test compares the two lists.</summary>
internal enum NativeError
{
    Ok = 0,
    More = 1,
    NotBooted = 2,
    NotMeasuring = 3,
    NotMeasured = 4,
    BadArgument = 5,
    BufferTooSmall = 6,
    BadRegion = 7,
    ReadFailed = 8,
    HashFailed = 9,
    RandomFailed = 10,
    BootCounterFailed = 11,
    BadClaims = 12,
    WrittenSinceBoot = 13,
    DeploymentChanged = 14,
    AssemblyOutside = 15,
    AuthenticationFailed = 16,
    TooLarge = 17,
    NotProvisioned = 18,
}
