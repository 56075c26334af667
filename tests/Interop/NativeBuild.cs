using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>Builds the core and its host programs once per test run, into a temporary folder.</summary>
public sealed class NativeBuild : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-native-");
    private readonly Lazy<string> _plain;
    private readonly Lazy<string> _sanitized;

    public NativeBuild()
    {
        _plain = new Lazy<string>(() => Build("plain", sanitize: false));
        _sanitized = new Lazy<string>(() => Build("sanitized", sanitize: true));
    }

    public static string Sources => NativeSources.Folder;

    /// <summary>A board on standard input and output.</summary>
    public string Host => Path.Combine(_plain.Value, "iotattest-host");

    /// <summary>The encoder alone.</summary>
    public string Encoder => Path.Combine(_plain.Value, "iotattest-encode");

    /// <summary>The factory's provisioning firmware.</summary>
    public string Provisioner => Path.Combine(_plain.Value, "iotattest-provision");

    public string SanitizedProvisioner => Path.Combine(_sanitized.Value, "iotattest-provision");

    /// <summary>The portable part as a shipped firmware links it.</summary>
    public string CoreLibrary => Path.Combine(_plain.Value, "libiotattest_core.a");

    /// <summary>The board once more, with address and undefined-behaviour checks.</summary>
    public string SanitizedHost => Path.Combine(_sanitized.Value, "iotattest-host");

    public string SanitizedEncoder => Path.Combine(_sanitized.Value, "iotattest-encode");

    public void Dispose() => _folder.Delete(recursive: true);

    internal static string? ReasonToSkip() => NativeSources.ReasonToSkip();

    private string Build(string name, bool sanitize)
    {
        string output = Path.Combine(_folder.FullName, name);
        NativeSources.Build(output, sanitize);
        return output;
    }
}
