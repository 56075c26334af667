using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Operations;

/// <summary>A disk of a few megabytes that a test fills and empties: a tmpfs, which root may mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _mount;

    private SmallDisk(DirectoryInfo mount) => _mount = mount;

    public string Data => Path.Combine(_mount.FullName, "data");

    private string Filler => Path.Combine(_mount.FullName, "filler");

    /// <summary>Null when it can be mounted, else why not; tried, because root in a container may lack the right.</summary>
    public static string? ReasonToSkip() => Environment.IsPrivilegedProcess && Tools.Find("mount") is not null && CanMount() ? null : "needs the right to mount a small tmpfs (root)";

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        DirectoryInfo mount = Directory.CreateTempSubdirectory("iotattest-disk-");
        (int exitCode, _, string errors) = await Programs.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "tmpfs", mount.FullName]);
        Assert.True(exitCode == 0, errors);
        return new SmallDisk(mount);
    }

    /// <summary>Writes until nothing more fits; again, when others made room since.</summary>
    public void Fill()
    {
        using FileStream filler = new(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int size = 64 * 1024; size >= 1024; size /= 4)
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    private static bool CanMount()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("iotattest-disk-");
        bool isMounted = Ends("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName);
        bool isGone = isMounted && Ends("umount", folder.FullName);
        folder.Delete();
        return isGone;
    }

    private static bool Ends(string tool, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(Tools.Find(tool) ?? tool, words) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("umount", [_mount.FullName]);
        _mount.Delete();
    }
}
