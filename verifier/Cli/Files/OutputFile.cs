using System.Text;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Files;

/// <summary>Writes files whole or not at all: aside, flushed to the disk, then moved into place.</summary>
internal static class OutputFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, isSecret: false, mayReplace: true);

    public static void WriteText(string path, string content, bool isSecret, bool mayReplace) =>
        Write(path, Encoding.UTF8.GetBytes(content), isSecret, mayReplace);

    /// <summary>Refuses when one of the files is there and may not be replaced.</summary>
    public static void RequireFree(bool mayReplace, params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            if (!mayReplace && File.Exists(path))
            {
                throw Taken(path);
            }
        }
    }

    /// <summary>Creates an empty file for appending; a secret one is readable by its owner only.</summary>
    public static FileStream Create(string path, bool isSecret)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // Made anew: a file that was there would keep its rights, and whoever has it open would go on reading.
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return OpenNew(path, options);
    }

    /// <summary>Makes a folder, or takes the one that is there, for its owner alone.</summary>
    public static void CreateSecretFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static void Write(string path, ReadOnlySpan<byte> content, bool isSecret, bool mayReplace)
    {
        string aside = $"{path}.new";
        using (FileStream stream = Create(aside, isSecret))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, mayReplace);
        }
        catch (IOException) when (!mayReplace && File.Exists(path))
        {
            File.Delete(aside);
            throw Taken(path);
        }
    }

    private static FileStream OpenNew(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (DirectoryNotFoundException)
        {
            throw CliException.WrongUsage($"no folder for {path}", "a folder that exists", "make the folder or correct the path");
        }
    }

    private static CliException Taken(string path) =>
        CliException.WrongUsage($"{path}, which exists", "a new file", "choose another name, or replace it with --force");
}
