using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>How many values an instruction takes from the stack and whether it leaves one.</summary>
internal static class StackShape
{
    /// <summary>The number of values popped, out of <paramref name="depth"/>.</summary>
    public static int Pops(Instruction instruction, int depth) => Math.Min(depth, instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.PopAll => depth,
        StackBehaviour.Varpop when instruction.OpCode.Code == Code.Ret => depth,
        StackBehaviour.Varpop => Arguments(instruction),
        _ => 3,
    });

    public static bool Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => false,
        StackBehaviour.Varpush => instruction.Operand is IMethodSignature target && target.ReturnType.MetadataType != MetadataType.Void,
        _ => true,
    };

    private static int Arguments(Instruction call)
    {
        IMethodSignature target = (IMethodSignature)call.Operand;
        int pointer = call.OpCode.Code == Code.Calli ? 1 : 0;
        return target.Parameters.Count + pointer + (target.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0);
    }
}
