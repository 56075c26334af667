using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>The public members of the nanoFramework class library: lines of <c>key : rest</c>, the rest naming return type or base types.</summary>
internal sealed class ApiListing
{
    private readonly Dictionary<string, string> _lines;

    private ApiListing(Dictionary<string, string> lines) => _lines = lines;

    public static ApiListing Read(string path) => new(File.ReadLines(path)
        .Where(line => line.Contains(" : ", StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line.Split(" : ", 2))
        .ToLookup(parts => parts[0], parts => parts[1])
        .ToDictionary(group => group.Key, group => group.First()));

    /// <summary>True for what the class library or a package has to bring, by name: a PC build sees other assembly names.</summary>
    public static bool IsExternal(TypeReference type)
    {
        TypeReference element = type.GetElementType();
        while (element.DeclaringType is not null)
        {
            element = element.DeclaringType;
        }

        return !element.Namespace.StartsWith("IotAttest", StringComparison.Ordinal) && !element.Name.StartsWith('<');
    }

    public static string KeyOf(MemberReference member) => member is MethodReference method
        ? $"{NameOf(method.DeclaringType)}::{method.Name}({string.Join(',', method.Parameters.Select(parameter => NameOf(parameter.ParameterType)))})"
        : $"{NameOf(member.DeclaringType)}::{member.Name}";

    /// <summary>True for a type of the project itself or of the listing; of an array its element type counts.</summary>
    public bool HasType(TypeReference type) => !IsExternal(type) || _lines.ContainsKey(NameOf(type.GetElementType()));

    /// <summary>Looks on the declaring type, then on what it extends and implements; constructors on the type itself only.</summary>
    public bool Has(MemberReference member)
    {
        string declaring = NameOf(member.DeclaringType);
        string tail = KeyOf(member)[declaring.Length..];
        string returns = NameOf(member is MethodReference method ? method.ReturnType : ((FieldReference)member).FieldType);
        return Has(declaring, tail, returns, inherit: member.Name != ".ctor");
    }

    private static string NameOf(TypeReference type)
    {
        string name = type is IModifierType modified ? modified.ElementType.FullName : type.FullName;
        return name.Replace('/', '+');
    }

    private bool Has(string type, string tail, string returns, bool inherit)
    {
        // Every array is a System.Array; its length and elements are instructions, not members.
        string listed = type.EndsWith("[]", StringComparison.Ordinal) ? "System.Array" : type;
        if (_lines.TryGetValue(listed + tail, out string? rest) && rest.Split(' ')[0] == returns)
        {
            return true;
        }

        return inherit && ParentsOf(listed).Any(parent => Has(parent, tail, returns, inherit));
    }

    private IEnumerable<string> ParentsOf(string type)
    {
        string[] words = _lines.TryGetValue(type, out string? rest) ? rest.Split(' ') : [];
        return words.Zip(words.Skip(1)).Where(pair => pair.First is "extends" or "implements").SelectMany(pair => pair.Second.Split(','));
    }
}
