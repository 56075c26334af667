using Microsoft.Win32.SafeHandles;

namespace IotAttest.Simulator;

/// <summary>A board that is open in the native library.</summary>
internal sealed class NativeBoardHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly NativeBoardCalls _calls;

    public NativeBoardHandle(NativeBoardCalls calls, nint board)
        : base(ownsHandle: true)
    {
        _calls = calls;
        SetHandle(board);
    }

    protected override bool ReleaseHandle() => _calls.Close(handle) == 0;
}
