namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>A method, or a field when it has no list of parameters; types are named as the listing names them.</summary>
internal sealed record ApiMember(string Name, IReadOnlyList<string>? Parameters, string Type, string? Value, ApiFlags Flags)
{
    public bool Is(string prefix) => Parameters is not null && Name.StartsWith(prefix, StringComparison.Ordinal);
}
