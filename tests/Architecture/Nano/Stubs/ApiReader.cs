namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Reads the listing's assemblies; its header says how a line is made.</summary>
internal static class ApiReader
{
    private static readonly string[] Relations = ["extends", "implements", "underlying"];

    public static List<ApiAssembly> Read(string path)
    {
        List<ApiAssembly> assemblies = [];
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith('#'))
            {
                AddAssembly(assemblies, line.Split(' '));
            }
            else if (line.Length > 0)
            {
                AddItem(assemblies[^1].Types, line);
            }
        }

        return assemblies;
    }

    // "# assembly <name> <package> <version>"; prose in the header uses the word too.
    private static void AddAssembly(List<ApiAssembly> assemblies, string[] words)
    {
        if (words is ["#", "assembly", string name, _, string version] && Version.TryParse(version, out Version? parsed))
        {
            assemblies.Add(new ApiAssembly(name, new Version(parsed.Major, parsed.Minor, parsed.Build, 0)));
        }
    }

    private static void AddItem(List<ApiType> types, string line)
    {
        string[] parts = line.Split(" : ", 2);
        (string rest, ApiFlags flags) = SplitFlags(parts[1]);
        int colons = parts[0].IndexOf("::", StringComparison.Ordinal);
        if (colons < 0)
        {
            types.Add(Type(parts[0], rest.Split(' '), flags));
        }
        else
        {
            types[^1].Members.Add(Member(parts[0][(colons + 2)..], rest.Split(" = ", 2), flags));
        }
    }

    private static (string Text, ApiFlags Flags) SplitFlags(string text)
    {
        int bracket = text.EndsWith(']') ? text.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        return bracket < 0 ? (text, new ApiFlags([])) : (text[..bracket], new ApiFlags(text[(bracket + 2)..^1].Split(", ")));
    }

    private static ApiType Type(string name, string[] words, ApiFlags flags) => new(
        name,
        string.Join(' ', words.TakeWhile(word => !Relations.Contains(word))),
        After(words, "extends"),
        After(words, "implements")?.Split(',') ?? [],
        After(words, "underlying"),
        flags);

    private static ApiMember Member(string signature, string[] rest, ApiFlags flags)
    {
        int open = signature.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new ApiMember(signature, null, rest[0], rest.ElementAtOrDefault(1), flags)
            : new ApiMember(signature[..open], signature[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries), rest[0], null, flags);
    }

    private static string? After(string[] words, string relation)
    {
        int index = Array.IndexOf(words, relation);
        return index < 0 ? null : words[index + 1];
    }
}
