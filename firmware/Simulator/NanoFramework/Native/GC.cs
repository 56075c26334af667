namespace nanoFramework.Runtime.Native;

/// <summary>The collector as boards steer it; .NET needs no steering.</summary>
public static class GC
{
    /// <summary>Returns the bytes free, or the largest number there is.</summary>
    public static uint Run(bool compactHeap)
    {
        long free = System.GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return free > uint.MaxValue ? uint.MaxValue : (uint)free;
    }
}
