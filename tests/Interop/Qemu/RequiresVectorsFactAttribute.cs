using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>A fact that holds native/sha256 against vectors of others: needs them, g++ and cmake.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresVectorsFactAttribute : FactAttribute
{
    public RequiresVectorsFactAttribute(string path) => Skip = Tools.ReasonToSkip("g++", "cmake") ?? new RequiresSharedDataFactAttribute(path).Skip;
}
