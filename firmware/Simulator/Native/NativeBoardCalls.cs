using System.Runtime.InteropServices;

namespace IotAttest.Simulator;

/// <summary>The functions of <c>firmware/Interop/native/host/board_c_api.h</c>.</summary>
internal sealed class NativeBoardCalls
{
    private const string Prefix = "iotattest_board_";
    private const int ApiVersion = 1;

    private NativeBoardCalls(nint library)
    {
        Open = Function<OpenCall>(library, "open");
        Boot = Function<HandleCall>(library, "boot");
        ReadUeid = Function<ReadCall>(library, "read_ueid");
        Begin = Function<BeginCall>(library, "begin");
        Step = Function<HandleCall>(library, "step");
        Finish = Function<FinishCall>(library, "finish");
        Write = Function<WriteCall>(library, "write");
        Close = Function<CloseCall>(library, "close");
    }

    public delegate int OpenCall(in NativeBoardSettings settings, byte[] key, nuint keyCount, out nint board);

    public delegate int HandleCall(NativeBoardHandle board);

    public delegate int ReadCall(NativeBoardHandle board, [Out] byte[] bytes, nuint count);

    public delegate int BeginCall(NativeBoardHandle board, [In] byte[] nonce, nuint count);

    public delegate int FinishCall(NativeBoardHandle board, [Out] byte[] evidence, nuint capacity, out nuint length);

    public delegate int WriteCall(NativeBoardHandle board, ulong offset, in byte bytes, nuint count);

    public delegate int CloseCall(nint board);

    private delegate int VersionCall();

    public OpenCall Open { get; }

    public HandleCall Boot { get; }

    public ReadCall ReadUeid { get; }

    public BeginCall Begin { get; }

    public HandleCall Step { get; }

    public FinishCall Finish { get; }

    public WriteCall Write { get; }

    public CloseCall Close { get; }

    /// <exception cref="EntryPointNotFoundException">The library lacks one of the functions.</exception>
    /// <exception cref="NativeBoardLibraryException">It has another version of them.</exception>
    public static NativeBoardCalls Of(nint library)
    {
        // First: another version may lack functions, or have them with other parameters.
        int version = Function<VersionCall>(library, "api_version")();
        return version == ApiVersion
            ? new NativeBoardCalls(library)
            : throw new NativeBoardLibraryException($"version {version} of the native board library", $"version {ApiVersion}, built from the same sources as this program");
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, Prefix + name));
}
