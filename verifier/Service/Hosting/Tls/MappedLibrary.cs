using System.Globalization;

namespace IotAttest.Service.Hosting.Tls;

/// <summary>A part of a library as it lies in the memory of this process (proc(5), <c>/proc/pid/maps</c>).</summary>
internal sealed record MappedLibrary(string Path, ulong Start, ulong End)
{
    private const string Maps = "/proc/self/maps";

    public bool Holds(nint address) => (nuint)address >= Start && (nuint)address < End;

    /// <summary>The parts of libraries whose file name begins like that; empty where the system does not tell.</summary>
    public static MappedLibrary[] OfProcess(string name)
    {
        try
        {
            return [.. File.ReadLines(Maps).Select(Parse).OfType<MappedLibrary>().Where(part => System.IO.Path.GetFileName(part.Path).StartsWith(name, StringComparison.Ordinal))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // start-end perms offset device inode path: the path is the last field and may hold blanks.
    private static MappedLibrary? Parse(string line)
    {
        int slash = line.IndexOf('/', StringComparison.Ordinal);
        string[] range = line.Split(' ', 2)[0].Split('-');
        return slash > 0 && range.Length == 2 && TryHex(range[0], out ulong start) && TryHex(range[1], out ulong end) ? new MappedLibrary(line[slash..], start, end) : null;
    }

    private static bool TryHex(string text, out ulong value) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
