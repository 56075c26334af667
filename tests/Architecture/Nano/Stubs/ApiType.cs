namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>A type with its members; <paramref name="Kind"/> is a word such as <c>sealed class</c>.</summary>
internal sealed record ApiType(string Name, string Kind, string? Base, IReadOnlyList<string> Interfaces, string? Underlying, ApiFlags Flags)
{
    public List<ApiMember> Members { get; } = [];
}
