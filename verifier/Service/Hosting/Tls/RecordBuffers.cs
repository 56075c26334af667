using System.Globalization;
using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace IotAttest.Service.Hosting.Tls;

/// <summary>Has OpenSSL give a connection's record buffers back while nothing is under way: a third of what an idle TLS connection holds in memory. .NET has no option for it, so this reaches the
/// <c>SSL*</c> of an <see cref="SslStream"/>, and only where everything is as it was when this was written; else it does nothing and says why (ADR 0035).</summary>
internal sealed class RecordBuffers
{
    private const int SslCtrlMode = 33; // SSL_CTRL_MODE of openssl/ssl.h, the same from 1.1.1 on; 0 only reads.
    private const int SslModeReleaseBuffers = 0x10;
    private const int RuntimeKnown = 10;
    private const long OldestKnown = 0x1010100F; // 1.1.1
    private const long FirstUnknown = 0x40000000; // 4.0
    private const string HandleType = "Microsoft.Win32.SafeHandles.SafeSslHandle";

    private static readonly Lazy<RecordBuffers> OfProcess = new(() => new RecordBuffers());

    private readonly FieldInfo? _handle;
    private readonly Control? _control;

    private RecordBuffers() => Obstacle = Find(out _handle, out _control);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Control(nint ssl, int command, nint number, nint pointer);

    /// <summary>Made at the first handshake: the library is loaded by then.</summary>
    public static RecordBuffers Current => OfProcess.Value;

    /// <summary>What is not as expected, or null when buffers can be released.</summary>
    public string? Obstacle { get; }

    /// <summary>Sets the mode on a connection whose handshake is done and which nobody reads or writes yet: OpenSSL allows one thread at a time.</summary>
    /// <returns>False when it could not be set; the connection then works as before.</returns>
    public bool Release(SslStream connection) => (Call(connection, SslModeReleaseBuffers) & SslModeReleaseBuffers) != 0;

    /// <summary>True when the mode is set.</summary>
    public bool IsReleased(SslStream connection) => (Call(connection, 0) & SslModeReleaseBuffers) != 0;

    private nint Call(SslStream connection, int mode)
    {
        // Asked by name each time: a connection without TLS, or one that ended, has another handle or none.
        if (_control is null || _handle!.GetValue(connection) is not SafeHandle handle || handle.GetType().FullName != HandleType)
        {
            return 0;
        }

        // Between these two nobody frees the SSL*, whoever disposes the stream.
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            nint ssl = handle.DangerousGetHandle();
            return ssl == 0 ? 0 : _control(ssl, SslCtrlMode, mode, 0);
        }
        catch (ObjectDisposedException)
        {
            // The connection ended after its handshake.
            return 0;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    private static string? Find(out FieldInfo? handle, out Control? control)
    {
        handle = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
        control = null;
        if (!OperatingSystem.IsLinux() || Environment.Version.Major != RuntimeKnown)
        {
            return $"the runtime is .NET {Environment.Version} on {RuntimeInformation.OSDescription}";
        }

        if (handle is null || !typeof(SafeHandle).IsAssignableFrom(handle.FieldType) || typeof(SslStream).Assembly.GetType(HandleType) is not { } type || !handle.FieldType.IsAssignableFrom(type))
        {
            return "SslStream keeps its handle elsewhere";
        }

        return VersionObstacle() ?? LibraryObstacle(out control);
    }

    [SupportedOSPlatform("linux")]
    private static string? VersionObstacle()
    {
        long version = SafeEvpPKeyHandle.OpenSslVersion;
        return version is >= OldestKnown and < FirstUnknown ? null : string.Create(CultureInfo.InvariantCulture, $"OpenSSL says that its version is 0x{version:x}");
    }

    // The function must lie in the library that is in use: another one would take the SSL* for something else.
    private static string? LibraryObstacle(out Control? control)
    {
        control = null;
        MappedLibrary[] loaded = MappedLibrary.OfProcess("libssl.so");
        if (loaded.Select(part => part.Path).Distinct().ToArray() is not [string path])
        {
            return $"not one libssl is loaded but {loaded.Select(part => part.Path).Distinct().Count()}";
        }

        if (!NativeLibrary.TryLoad(path, out nint library) || !NativeLibrary.TryGetExport(library, "SSL_ctrl", out nint address) || !loaded.Any(part => part.Holds(address)))
        {
            return $"{path} has no SSL_ctrl";
        }

        control = Marshal.GetDelegateForFunctionPointer<Control>(address);
        return null;
    }
}
