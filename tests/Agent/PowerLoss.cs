namespace IotAttest.Agent.Tests;

/// <summary>What a file system keeps of a file whose writing the power cut interrupted.</summary>
public enum PowerLoss
{
    /// <summary>Everything up to the cut; an emptied file is empty.</summary>
    Prefix = 0,

    /// <summary>The old file, until the new one was flushed: copy on write.</summary>
    OldUntilFlushed = 1,

    /// <summary>The new length, with bytes of either kind in any order: what was not flushed may have been written or not.</summary>
    Scattered = 2,
}
