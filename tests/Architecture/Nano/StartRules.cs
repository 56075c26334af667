using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Static constructors run while a board starts, before network, file system or clock are there: no I/O in them or in what they call.</summary>
/// <remarks>Calls are followed into all assemblies of the project. A call whose target only the running program knows is refused.</remarks>
internal static class StartRules
{
    private const string Natives = "IotAttest.Interop";

    private static readonly string[] InputOutput =
    [
        "System.IO", "System.Net", "System.Device", "System.Threading", "nanoFramework.Device", "nanoFramework.Hardware", "nanoFramework.M2Mqtt",
        "nanoFramework.Networking", "nanoFramework.Runtime", Natives,
    ];

    public static IEnumerable<Finding> Check(TypeDefinition type) =>
        from start in type.Methods
        where start.IsConstructor && start.IsStatic
        from call in CallsOf(start, [])
        let called = (MethodReference)call.Operand
        where DoesInputOutput(called.DeclaringType) || IsOpen(call, called)
        select Finding.In(start, "StaticConstructorIo", called.FullName);

    private static IEnumerable<Instruction> CallsOf(MethodDefinition method, HashSet<string> seen)
    {
        if (!method.HasBody || !seen.Add(method.FullName))
        {
            yield break;
        }

        foreach (Instruction call in method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference))
        {
            yield return call;
            MethodReference called = (MethodReference)call.Operand;
            foreach (Instruction further in !ApiListing.IsExternal(called.DeclaringType) && called.Resolve() is { } own ? CallsOf(own, seen) : [])
            {
                yield return further;
            }
        }
    }

    private static bool DoesInputOutput(TypeReference type) =>
        InputOutput.Any(space => type.Namespace == space || type.Namespace.StartsWith(space + ".", StringComparison.Ordinal));

    // Of a delegate Invoke is open too: it is virtual, and its class's being sealed says nothing.
    private static bool IsOpen(Instruction call, MethodReference called) =>
        call.OpCode.Code is Code.Callvirt or Code.Ldvirtftn
        && called.Resolve() is { IsVirtual: true, IsFinal: false } target
        && (!target.DeclaringType.IsSealed || target.IsRuntime)
        && !(call.Previous?.OpCode.Code == Code.Constrained && ((TypeReference)call.Previous.Operand).Resolve() is { IsSealed: true });
}
