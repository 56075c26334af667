using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Where the same source gives another reference on .NET 10 than on nanoFramework: newer overloads and patterns.</summary>
internal static class Tolerated
{
    public static IReadOnlySet<string> Members { get; } = new HashSet<string>
    {
        "System.Threading.Monitor::Enter(System.Object,System.Boolean&)", // lock; Enter(object) on boards
        "System.String::Format(System.String,System.Object)", // the params overload on boards
        "System.String::Format(System.String,System.Object,System.Object)",
        "System.String::Format(System.String,System.Object,System.Object,System.Object)",
        "System.String::Split(System.Char,System.StringSplitOptions)", // Split(params char[]) on boards
        "System.String::Trim(System.Char)", // Trim(params char[]) on boards
        "System.Security.Cryptography.HashAlgorithm::ComputeHash(System.Byte[])", // declared on HMACSHA256 on boards
        "System.Guid::Equals(System.Guid)", // Object.Equals(object) on boards
        "System.Type::op_Equality(System.Type,System.Type)", // a plain reference comparison on boards
        "System.Type::op_Inequality(System.Type,System.Type)",
        "System.Threading.EventWaitHandle::Set()", // declared on AutoResetEvent and ManualResetEvent on boards
        "System.Threading.EventWaitHandle::Reset()",
        "System.Object::Finalize()", // not called on boards
    };

    /// <summary>Accessors of an event exchange the delegate with a generic call on .NET 10, without one on boards.</summary>
    public static bool IsEventAccessor(MethodDefinition method, MemberReference member) =>
        (method.IsAddOn || method.IsRemoveOn) && member.Name == "CompareExchange" && member.DeclaringType.FullName == "System.Threading.Interlocked";
}
