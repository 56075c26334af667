namespace IotAttest.Agent
{
    /// <summary>How an attempt to connect ended.</summary>
    internal enum LinkStatus
    {
        Open = 0,
        Unreachable = 1,
        Refused = 2,
    }
}
