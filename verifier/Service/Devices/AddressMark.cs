namespace IotAttest.Service.Devices;

/// <summary>Where a board was last seen.</summary>
/// <param name="Address">Its network address.</param>
/// <param name="ToldAt">When a change of it was last told to others.</param>
internal sealed record AddressMark(string Address, DateTimeOffset ToldAt);
