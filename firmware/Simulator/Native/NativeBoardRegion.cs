using System.Runtime.InteropServices;

namespace IotAttest.Simulator;

/// <summary>A measured region as <c>board_c_api.h</c> lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeBoardRegion
{
    public uint Name;
    public uint Length;
    public ulong Offset;
}
