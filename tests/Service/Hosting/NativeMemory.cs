using System.Runtime.InteropServices;

namespace IotAttest.Service.Tests;

/// <summary>What the process has allocated outside the managed heap and not given back (glibc's mallinfo2).</summary>
internal static class NativeMemory
{
    private static readonly MallInfo Ask = Marshal.GetDelegateForFunctionPointer<MallInfo>(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "mallinfo2"));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate Numbers MallInfo();

    public static long Bytes()
    {
        // What nobody holds any more is freed first.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Numbers numbers = Ask();
        return (long)(numbers.InUse + numbers.Mapped);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Numbers
    {
        public readonly nuint Arena;
        public readonly nuint FreeChunks;
        public readonly nuint FastChunks;
        public readonly nuint MappedRegions;
        public readonly nuint Mapped;
        public readonly nuint Unused;
        public readonly nuint FastFree;
        public readonly nuint InUse;
        public readonly nuint Free;
        public readonly nuint Top;
    }
}
