using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Follows a method's stack and tells for each instruction how the interpreter sees its first operand.</summary>
/// <remarks>A sum, a shift and the like keep the kind of their left operand. One pass is enough: a compiler leaves values on the
/// stack over forward branches only. Where two ways meet, the way written last counts.</remarks>
internal sealed class StackKinds
{
    private readonly Dictionary<Instruction, StackKind[]> _atTargets = [];
    private readonly MethodDefinition _method;
    private List<StackKind> _stack = [];

    private StackKinds(MethodDefinition method) => _method = method;

    /// <summary>Instructions that pop something, with the kind of the lowest value they pop.</summary>
    public static IEnumerable<(Instruction Instruction, StackKind Left)> Of(MethodDefinition method)
    {
        StackKinds kinds = new(method);
        return [.. method.Body.Instructions.Select(instruction => (instruction, kinds.Step(instruction)))];
    }

    private StackKind Step(Instruction instruction)
    {
        Enter(instruction);
        int pops = Math.Min(Pops(instruction), _stack.Count);
        StackKind left = pops > 0 ? _stack[^pops] : StackKind.Other;
        _stack.RemoveRange(_stack.Count - pops, pops);
        Push(instruction, left);
        Leave(instruction);
        return left;
    }

    private void Enter(Instruction instruction)
    {
        if (_atTargets.TryGetValue(instruction, out StackKind[]? known))
        {
            _stack = [.. known];
        }
        else if (_method.Body.ExceptionHandlers.Any(handler => (handler.HandlerStart == instruction && handler.CatchType is not null) || handler.FilterStart == instruction))
        {
            _stack = [StackKind.Other];
        }
    }

    private void Leave(Instruction instruction)
    {
        IEnumerable<Instruction> targets = instruction.Operand switch
        {
            Instruction target => [target],
            Instruction[] many => many,
            _ => [],
        };
        foreach (Instruction target in targets)
        {
            _atTargets[target] = [.. _stack];
        }

        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
        {
            _stack.Clear();
        }
    }

    private int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.PopAll => _stack.Count,
        StackBehaviour.Varpop when instruction.OpCode.Code == Code.Ret => _stack.Count,
        StackBehaviour.Varpop => Arguments(instruction),
        _ => 3,
    };

    private static int Arguments(Instruction call)
    {
        IMethodSignature target = (IMethodSignature)call.Operand;
        int pointer = call.OpCode.Code == Code.Calli ? 1 : 0;
        return target.Parameters.Count + pointer + (target.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0);
    }

    private void Push(Instruction instruction, StackKind left)
    {
        if (instruction.OpCode.Code == Code.Dup)
        {
            _stack.AddRange([left, left]);
        }
        else if (Pushes(instruction))
        {
            _stack.Add(KindOf(instruction, left));
        }
    }

    private static bool Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => false,
        StackBehaviour.Varpush => instruction.Operand is IMethodSignature target && target.ReturnType.MetadataType != MetadataType.Void,
        _ => true,
    };

    private StackKind KindOf(Instruction instruction, StackKind left) => instruction.OpCode.Code switch
    {
        Code.Conv_U4 or Code.Conv_U8 or Code.Conv_U or Code.Ldelem_U4 or Code.Ldind_U4 => StackKind.Unsigned,
        Code.Ldelem_I8 when left == StackKind.UnsignedLongs => StackKind.Unsigned,
        Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un or Code.And or Code.Or or Code.Xor
            or Code.Shl or Code.Shr or Code.Shr_Un or Code.Neg or Code.Not => left,
        _ => KindOf(TypeOf(instruction)),
    };

    private TypeReference? TypeOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3 => _method.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType,
        Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 => Argument(instruction.OpCode.Code - Code.Ldarg_0),
        Code.Ldloc or Code.Ldloc_S => ((VariableDefinition)instruction.Operand).VariableType,
        Code.Ldarg or Code.Ldarg_S => ((ParameterDefinition)instruction.Operand).ParameterType,
        Code.Ldfld or Code.Ldsfld => ((FieldReference)instruction.Operand).FieldType,
        Code.Ldelem_Any or Code.Ldobj or Code.Unbox_Any => (TypeReference)instruction.Operand,
        Code.Call or Code.Callvirt => ((MethodReference)instruction.Operand).ReturnType,
        _ => null,
    };

    private TypeReference? Argument(int index)
    {
        int parameter = _method.HasThis ? index - 1 : index;
        return parameter < 0 ? null : _method.Parameters[parameter].ParameterType;
    }

    private static StackKind KindOf(TypeReference? type) => type switch
    {
        ArrayType { ElementType.MetadataType: MetadataType.UInt64 } => StackKind.UnsignedLongs,
        { MetadataType: MetadataType.UInt32 or MetadataType.UInt64 } => StackKind.Unsigned,
        _ => StackKind.Other,
    };
}
