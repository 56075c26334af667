using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Follows a method's stack and tells for each instruction how the interpreter sees its operands.</summary>
/// <remarks>A shift keeps the kind of what it shifts; a sum and the like are unsigned when one of their operands is (with the
/// right one alone not confirmed). One pass is enough: a compiler leaves values on the stack over forward branches only.
/// Where ways meet, a value is unsigned when it is so on one of them.</remarks>
internal sealed class StackKinds
{
    private readonly Dictionary<Instruction, StackValue[]> _atTargets = [];
    private readonly MethodDefinition _method;
    private List<StackValue> _stack = [];
    private bool _fallsThrough = true;

    private StackKinds(MethodDefinition method) => _method = method;

    /// <summary>The instructions, each with the values that it pops, lowest first.</summary>
    public static IEnumerable<(Instruction Instruction, StackValue[] Operands)> Of(MethodDefinition method)
    {
        StackKinds kinds = new(method);
        return [.. method.Body.Instructions.Select(instruction => (instruction, kinds.Step(instruction)))];
    }

    private StackValue[] Step(Instruction instruction)
    {
        Enter(instruction);
        int pops = StackShape.Pops(instruction, _stack.Count);
        StackValue[] operands = [.. _stack.TakeLast(pops)];
        _stack.RemoveRange(_stack.Count - pops, pops);
        Push(instruction, operands);
        Leave(instruction);
        return operands;
    }

    private void Enter(Instruction instruction)
    {
        if (_atTargets.TryGetValue(instruction, out StackValue[]? known))
        {
            _stack = [.. _fallsThrough ? Join(known, _stack) : known];
        }
        else if (_method.Body.ExceptionHandlers.Any(handler => (handler.HandlerStart == instruction && handler.CatchType is not null) || handler.FilterStart == instruction))
        {
            _stack = [StackValue.Other];
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
            _atTargets[target] = _atTargets.TryGetValue(target, out StackValue[]? known) ? Join(known, _stack) : [.. _stack];
        }

        _fallsThrough = instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        if (!_fallsThrough)
        {
            _stack.Clear();
        }
    }

    private static StackValue[] Join(IEnumerable<StackValue> first, IEnumerable<StackValue> second) => [.. first.Zip(second, (left, right) => left.Join(right))];

    private void Push(Instruction instruction, StackValue[] operands)
    {
        if (instruction.OpCode.Code == Code.Dup)
        {
            _stack.AddRange([operands[0], operands[0]]);
        }
        else if (StackShape.Pushes(instruction))
        {
            _stack.Add(ResultOf(instruction, operands));
        }
    }

    private StackValue ResultOf(Instruction instruction, StackValue[] operands) => instruction.OpCode.Code switch
    {
        Code.Conv_U4 or Code.Conv_U8 or Code.Conv_U or Code.Ldelem_U4 or Code.Ldind_U4 => StackValue.Unsigned,
        Code.Ldelem_I4 or Code.Ldelem_I8 or Code.Ldelem_Ref or Code.Ldind_I4 or Code.Ldind_I8 or Code.Ldind_Ref => operands[0].Element,
        Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un or Code.And or Code.Or or Code.Xor => operands[0].Join(operands[1]) with { Constant = null },
        Code.Shl or Code.Shr or Code.Shr_Un or Code.Neg or Code.Not => operands[0] with { Constant = null },
        >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8 => StackValue.Of(instruction.OpCode.Code - Code.Ldc_I4_0),
        Code.Ldc_I4_S or Code.Ldc_I4 or Code.Ldc_I8 => StackValue.Of(Convert.ToInt64(instruction.Operand, CultureInfo.InvariantCulture)),
        Code.Conv_I8 when operands[0].Constant is { } constant => StackValue.Of(constant),
        _ => StackValue.Of(StackTypes.Of(instruction, _method)),
    };
}
