using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Rules on signed instructions over values that the interpreter still takes for unsigned.</summary>
/// <remarks>It goes by the type of the value and not by the instruction: a cast from uint to int emits nothing and so changes
/// nothing. Stored in a local of the signed type the value is right; so are comparisons and divisions without that.</remarks>
internal static class SignRules
{
    public static IEnumerable<Finding> Check(MethodDefinition method) =>
        from step in StackKinds.Of(method)
        where step.Operands is [{ IsUnsigned: true }, ..]
        let rule = RuleOf(step.Instruction.OpCode.Code)
        where rule is not null
        select Finding.In(method, rule, $"{step.Instruction}: the left side is unsigned; store it in a local of the signed type first");

    private static string? RuleOf(Code code) => code switch
    {
        Code.Rem => "MixedSignRemainder", // 7u % -3 is computed unsigned, and so is (int)(u - 10) % 4
        Code.Shr => "NoOpCast", // (int)(u - 10) >> 1
        Code.Conv_I8 => "NoOpCast", // (long)(int)(u - 10)
        Code.Conv_R4 or Code.Conv_R8 => "NoOpCast", // (double)(int)(u - 10); of an unsigned value conv.r.un comes first
        _ => null,
    };
}
