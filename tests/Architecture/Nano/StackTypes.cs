using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>The declared type of what an instruction loads.</summary>
internal static class StackTypes
{
    /// <summary>The type, or null when the instruction names none.</summary>
    public static TypeReference? Of(Instruction instruction, MethodDefinition method) => instruction.OpCode.Code switch
    {
        Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3 => method.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType,
        Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 => Argument(method, instruction.OpCode.Code - Code.Ldarg_0),
        Code.Ldloc or Code.Ldloc_S => ((VariableDefinition)instruction.Operand).VariableType,
        Code.Ldloca or Code.Ldloca_S => ((VariableDefinition)instruction.Operand).VariableType.MakeByReferenceType(),
        Code.Ldarg or Code.Ldarg_S => ((ParameterDefinition)instruction.Operand).ParameterType,
        Code.Ldarga or Code.Ldarga_S => ((ParameterDefinition)instruction.Operand).ParameterType.MakeByReferenceType(),
        Code.Ldfld or Code.Ldsfld => ((FieldReference)instruction.Operand).FieldType,
        Code.Ldflda or Code.Ldsflda => ((FieldReference)instruction.Operand).FieldType.MakeByReferenceType(),
        Code.Ldelem_Any or Code.Ldobj or Code.Unbox_Any or Code.Castclass or Code.Isinst => (TypeReference)instruction.Operand,
        Code.Ldelema or Code.Unbox => ((TypeReference)instruction.Operand).MakeByReferenceType(),
        Code.Newarr => ((TypeReference)instruction.Operand).MakeArrayType(),
        Code.Call or Code.Callvirt => ((MethodReference)instruction.Operand).ReturnType,
        _ => null,
    };

    private static TypeReference? Argument(MethodDefinition method, int index)
    {
        int parameter = method.HasThis ? index - 1 : index;
        return parameter < 0 ? null : method.Parameters[parameter].ParameterType;
    }
}
