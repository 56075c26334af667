using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Rules on locals and instructions.</summary>
internal static class BodyRules
{
    private const int MaxLocals = 249;

    // What the interpreter does not know at all, beside localloc and calli.
    private static readonly HashSet<Code> UnsupportedCodes =
    [
        Code.Arglist, Code.Cpblk, Code.Initblk, Code.Jmp, Code.Ckfinite, Code.Mkrefany, Code.Refanytype, Code.Refanyval, Code.Readonly,
    ];

    public static IEnumerable<Finding> Check(MethodDefinition method, ApiListing? api)
    {
        if (method.Body.Variables.Count > MaxLocals)
        {
            yield return Finding.In(method, "Locals", $"{method.Body.Variables.Count} locals, at most {MaxLocals}");
        }

        IEnumerable<Finding> found = method.Body.Variables
            .SelectMany(local => ShapeRules.Check(local.VariableType, (rule, seen) => Finding.In(method, rule, $"local is {seen}")))
            .Concat(method.Body.ExceptionHandlers.SelectMany(handler => CheckType(method, handler.CatchType, api)))
            .Concat(SignRules.Check(method))
            .Concat(ConstantRules.Check(method))
            .Concat(method.Body.Instructions.SelectMany(instruction => CheckInstruction(method, instruction, api)));
        foreach (Finding finding in found)
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckInstruction(MethodDefinition method, Instruction instruction, ApiListing? api)
    {
        string? rule = RuleOf(instruction);
        if (rule is not null)
        {
            yield return Finding.In(method, rule, instruction.ToString());
        }

        IEnumerable<Finding> operands = instruction.Operand switch
        {
            TypeReference type => CheckType(method, type, api),
            MethodReference or FieldReference => CheckMember(method, (MemberReference)instruction.Operand, api),
            _ => [],
        };
        foreach (Finding finding in operands)
        {
            yield return finding;
        }
    }

    private static string? RuleOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Localloc => "Stackalloc",
        Code.Calli => "FunctionPointer",
        Code.Volatile => "Volatile",
        Code.Sizeof => "Unsafe",
        Code.Ldstr when ((string)instruction.Operand).Contains('\0') => "ZeroInString",
        Code.Call or Code.Callvirt when IsEnumToString(instruction) => "EnumToString",
        Code.Box when EnumTypes.IsEnum((TypeReference)instruction.Operand) => "EnumToString", // string.Format and the like call it on the object
        _ when instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal) => "Checked",
        Code code when UnsupportedCodes.Contains(code) => "UnsupportedInstruction",
        _ => null,
    };

    private static bool IsEnumToString(Instruction call)
    {
        MethodReference target = (MethodReference)call.Operand;
        bool isConstrainedToEnum = call.Previous?.OpCode.Code == Code.Constrained && EnumTypes.IsEnum((TypeReference)call.Previous.Operand);
        return target.Name == nameof(ToString) && (isConstrainedToEnum || target.DeclaringType.FullName == "System.Enum");
    }

    private static IEnumerable<Finding> CheckType(MethodDefinition method, TypeReference? type, ApiListing? api)
    {
        foreach (Finding finding in ShapeRules.Check(type, (rule, seen) => Finding.In(method, rule, seen)))
        {
            yield return finding;
        }

        if (type is not null && api?.HasType(type) == false)
        {
            yield return Finding.In(method, "MissingOnBoards", type.FullName);
        }
    }

    private static IEnumerable<Finding> CheckMember(MethodDefinition method, MemberReference member, ApiListing? api)
    {
        if (member is GenericInstanceMethod)
        {
            yield return Finding.In(method, "GenericInstance", member.FullName);
        }

        foreach (Finding finding in ShapeRules.Check(member.DeclaringType, (rule, seen) => Finding.In(method, rule, seen)))
        {
            yield return finding;
        }

        if (api is not null && ApiListing.IsExternal(member.DeclaringType) && !api.Has(member))
        {
            yield return Finding.In(method, "MissingOnBoards", ApiListing.KeyOf(member));
        }
    }
}
