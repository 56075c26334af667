using System.Runtime.InteropServices;

namespace IotAttest.Simulator;

/// <summary>The shared library that <c>firmware/Interop/native/host</c> builds: boards whose evidence the C++ core makes.</summary>
/// <remarks>Once loaded it stays for the rest of the process, as boards may still run in it.</remarks>
public sealed class NativeBoardLibrary
{
    public const string FileName = "libiotattest-board.so";

    private NativeBoardLibrary(string path, NativeBoardCalls calls)
    {
        Path = path;
        Calls = calls;
    }

    /// <summary>Where it was loaded from.</summary>
    public string Path { get; }

    internal NativeBoardCalls Calls { get; }

    /// <summary>Loads the library; code in that file runs in this process.</summary>
    /// <exception cref="NativeBoardLibraryException">The file is missing, is no library for this machine, or another one.</exception>
    public static NativeBoardLibrary Load(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        nint library = Open(full);
        try
        {
            return new NativeBoardLibrary(full, NativeBoardCalls.Of(library));
        }
        catch (EntryPointNotFoundException exception)
        {
            NativeLibrary.Free(library);
            throw new NativeBoardLibraryException($"a library without iotattest_board functions: {full}", FileName, exception);
        }
        catch (NativeBoardLibraryException)
        {
            NativeLibrary.Free(library);
            throw;
        }
    }

    private static nint Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new NativeBoardLibraryException($"no file {path}", FileName);
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeBoardLibraryException($"a file that this machine cannot load: {path}", $"{FileName}, built on this machine", exception);
        }
    }
}
