using System.Globalization;
using System.Text.RegularExpressions;

namespace IotAttest.Interop.Checksum;

/// <summary>The committed C++ file that holds <see cref="NativeData"/>, in the textual form that the interpreter's CMake reads.</summary>
internal static partial class NativeFile
{
    /// <summary>What the file says.</summary>
    /// <exception cref="FormatException">Not such a file.</exception>
    public static NativeData Read(string text)
    {
        Match table = Find(MethodLookup(), text);
        Match data = Find(AssemblyData(), text);
        string[] handlers = [.. table.Groups["rows"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        uint checksum = uint.Parse(data.Groups["checksum"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new NativeData(data.Groups["name"].Value, checksum, handlers, Version.Parse(Regex.Replace(data.Groups["version"].Value, @"\s*,\s*", ".").Trim()));
    }

    /// <summary>The same file with checksum, table and version of <paramref name="data"/>; without a version the old one stays.</summary>
    public static string Update(string text, NativeData data)
    {
        Match table = Find(MethodLookup(), text);
        text = Replace(text, table.Groups["rows"], "\n" + string.Concat(data.Handlers.Select(handler => $"    {handler},\n")));
        text = Replace(text, Find(AssemblyData(), text).Groups["checksum"], data.Checksum.ToString("X8", CultureInfo.InvariantCulture));
        return data.Version is null ? text : Replace(text, Find(AssemblyData(), text).Groups["version"], $" {data.Version.ToString(4).Replace(".", ", ", StringComparison.Ordinal)} ");
    }

    /// <summary>Each thing the file says otherwise than the assembly, in one line; empty when the file is in step.</summary>
    public static IEnumerable<string> Differences(string text, NativeData expected)
    {
        NativeData seen = Read(text);
        if (seen.Name != expected.Name)
        {
            yield return $"name is {seen.Name}, the assembly is {expected.Name}";
        }

        if (seen.Checksum != expected.Checksum)
        {
            yield return $"checksum is 0x{seen.Checksum:X8}, the assembly has 0x{expected.Checksum:X8}";
        }

        if (!seen.Handlers.SequenceEqual(expected.Handlers))
        {
            yield return $"method table is [{string.Join(", ", seen.Handlers)}], the assembly has [{string.Join(", ", expected.Handlers)}]";
        }

        if (expected.Version is not null && seen.Version != expected.Version)
        {
            yield return $"version is {seen.Version}, the assembly says {expected.Version}";
        }
    }

    private static Match Find(Regex form, string text)
    {
        Match match = form.Match(text);
        return match.Success ? match : throw new FormatException($"The file has no {form}.");
    }

    private static string Replace(string text, Group part, string value) => text[..part.Index] + value + text[(part.Index + part.Length)..];

    [GeneratedRegex(@"method_lookup\[\]\s*=\s*\{(?<rows>[^}]*)\}")]
    private static partial Regex MethodLookup();

    [GeneratedRegex(@"const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_\w+\s*=\s*\{\s*""(?<name>[^""]+)"",\s*0x(?<checksum>[0-9A-Fa-f]{8}),\s*method_lookup,\s*\{(?<version>[^}]*)\}")]
    private static partial Regex AssemblyData();
}
