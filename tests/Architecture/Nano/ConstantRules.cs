using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Rules on values that stand in the code; what a variable holds at run time nothing here can tell.</summary>
internal static class ConstantRules
{
    // Members of these types take a character into the string they make; others, such as Split, only look for it.
    private static readonly string[] Builders = [".ctor", "PadLeft", "PadRight", "Append", "Insert"];

    public static IEnumerable<Finding> Check(MethodDefinition method) =>
        from step in StackKinds.Of(method)
        let rule = RuleOf(step.Instruction, step.Operands)
        where rule is not null
        select Finding.In(method, rule, step.Instruction.ToString());

    private static string? RuleOf(Instruction instruction, StackValue[] operands) => instruction.OpCode.Code switch
    {
        Code.Div or Code.Rem when operands is [_, { Constant: -1 }] => "MinusOneDivisor", // int.MinValue / -1 kills the interpreter
        Code.Call or Code.Callvirt or Code.Newobj when TakesZero((MethodReference)instruction.Operand, operands) => "ZeroInString",
        _ => null,
    };

    private static bool TakesZero(MethodReference target, StackValue[] operands) =>
        target.DeclaringType.FullName is "System.String" or "System.Text.StringBuilder"
        && Builders.Contains(target.Name)
        && target.Parameters.Zip(operands.TakeLast(target.Parameters.Count))
            .Any(pair => pair.First.ParameterType.MetadataType == MetadataType.Char && pair.Second.Constant == 0);
}
