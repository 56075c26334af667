using System.Security.Cryptography;

using IotAttest.Agent;
using IotAttest.Protocol;

namespace IotAttest.Simulator;

/// <summary>The native module of a board on a PC: the C++ core measures the board's flash, assembles evidence and authenticates it.</summary>
/// <remarks>One boot: made when the board is switched on, disposed when it is switched off.</remarks>
internal sealed class NativeHostModule : INativeModule, IDisposable
{
    private readonly NativeBoardCalls _calls;
    private readonly SimulatedFlash _flash;
    private readonly NativeBoardHandle _board;

    private NativeHostModule(NativeBoardCalls calls, SimulatedFlash flash, NativeBoardHandle board)
    {
        _calls = calls;
        _flash = flash;
        _board = board;
    }

    /// <summary>Opens the board and boots it, as CLR start-up does before any managed code runs.</summary>
    /// <remarks>A boot that fails leaves a board that answers NotBooted, as a real one does.</remarks>
    /// <exception cref="ArgumentException">The module does not take a board of these options.</exception>
    public static NativeHostModule PowerOn(NativeBoardLibrary library, SimulatedFlash flash, SimulatedBoardOptions options)
    {
        NativeHostModule module = new(library.Calls, flash, Open(library.Calls, flash, options));
        try
        {
            flash.Attach(module.OnWrite);
            Check(library.Calls.Boot(module._board));
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int ReadUeid(byte[] ueid) => _calls.ReadUeid(_board, ueid, (nuint)ueid.Length);

    /// <inheritdoc/>
    public int Begin(byte[] challenge) => _calls.Begin(_board, challenge, (nuint)challenge.Length);

    /// <inheritdoc/>
    public int Step() => _calls.Step(_board);

    /// <inheritdoc/>
    /// <remarks>0, which no board gives, after a fault of the library: its numbers below 0 must not turn into a length.</remarks>
    public int Finish(byte[] evidence)
    {
        int error = _calls.Finish(_board, evidence, (nuint)evidence.Length, out nuint length);
        return error == 0 ? (int)length : Math.Min(-error, 0);
    }

    public void Dispose()
    {
        _flash.Detach(OnWrite);
        _board.Dispose();
    }

    private static NativeBoardHandle Open(NativeBoardCalls calls, SimulatedFlash flash, SimulatedBoardOptions options)
    {
        IEvidenceAuthenticator authenticator = options.Identity.CreateAuthenticator();
        byte[] key = options.Identity.CopyKey();
        try
        {
            int error = calls.Open(NativeBoardSettings.Of(options, flash, authenticator), key, (nuint)key.Length, out nint board);
            return error == 0
                ? new NativeBoardHandle(calls, board)
                : throw new ArgumentException($"The native module answers {error} to a board with flash {flash.ImagePath}; board_c_api.h says what that is.", nameof(options));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            (authenticator as IDisposable)?.Dispose();
        }
    }

    private void OnWrite(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            Check(_calls.Write(_board, (ulong)offset, in bytes[0], (nuint)bytes.Length));
        }
    }

    // Below 0 are answers of the library about its caller: a fault of this program.
    private static void Check(int answer)
    {
        if (answer < 0)
        {
            throw new InvalidOperationException($"The native board library answered {answer}; board_c_api.h says what that is.");
        }
    }
}
