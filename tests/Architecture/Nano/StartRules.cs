using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Static constructors run while a board starts, before network, file system or clock are there: no I/O in them or in what they call.</summary>
internal static class StartRules
{
    private static readonly string[] InputOutput =
    [
        "System.IO", "System.Net", "System.Device", "System.Threading", "nanoFramework.Device", "nanoFramework.Hardware", "nanoFramework.M2Mqtt",
        "nanoFramework.Networking", "nanoFramework.Runtime",
    ];

    public static IEnumerable<Finding> Check(TypeDefinition type) =>
        from start in type.Methods
        where start.IsConstructor && start.IsStatic
        from called in CalledBy(start, [])
        where DoesInputOutput(called.DeclaringType)
        select Finding.In(start, "StaticConstructorIo", called.FullName);

    private static IEnumerable<MethodReference> CalledBy(MethodDefinition method, HashSet<MethodDefinition> seen)
    {
        if (!method.HasBody || !seen.Add(method))
        {
            yield break;
        }

        foreach (MethodReference called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>())
        {
            yield return called;
            foreach (MethodReference further in called is MethodDefinition own ? CalledBy(own, seen) : [])
            {
                yield return further;
            }
        }
    }

    private static bool DoesInputOutput(TypeReference type) =>
        InputOutput.Any(space => type.Namespace == space || type.Namespace.StartsWith(space + ".", StringComparison.Ordinal));
}
