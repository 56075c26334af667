using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IotAttest.Fuzz.Tests.Coverage;

/// <summary>Writes a call of <see cref="Trace.Hit"/> to the start of every block of an assembly.</summary>
internal static class Instrumenter
{
    private const int BlockNumbers = 1 << 16;

    /// <summary>The changed assembly. The numbers of its blocks depend on its name alone, so that a run can be repeated.</summary>
    public static MemoryStream Instrument(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        MethodReference hit = module.ImportReference(typeof(Trace).GetMethod(nameof(Trace.Hit)));
        Random numbers = new(Path.GetFileName(path).Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Instrument(method.Body, hit, numbers);
        }

        MemoryStream changed = new();
        module.Write(changed);
        changed.Position = 0;
        return changed;
    }

    private static void Instrument(MethodBody body, MethodReference hit, Random numbers)
    {
        body.SimplifyMacros();
        Dictionary<Instruction, Instruction> starts = [];
        ILProcessor processor = body.GetILProcessor();
        foreach (Instruction block in Blocks(body))
        {
            Instruction number = processor.Create(OpCodes.Ldc_I4, numbers.Next(BlockNumbers));
            processor.InsertBefore(block, number);
            processor.InsertBefore(block, processor.Create(OpCodes.Call, hit));
            starts.Add(block, number);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target when starts.TryGetValue(target, out Instruction? start) => start,
                Instruction[] targets => Array.ConvertAll(targets, target => starts.GetValueOrDefault(target, target)),
                _ => instruction.Operand,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Move(handler, starts);
        }

        body.OptimizeMacros();
    }

    private static void Move(ExceptionHandler handler, Dictionary<Instruction, Instruction> starts)
    {
        handler.TryStart = Moved(handler.TryStart);
        handler.TryEnd = Moved(handler.TryEnd);
        handler.HandlerStart = Moved(handler.HandlerStart);
        handler.HandlerEnd = Moved(handler.HandlerEnd);
        handler.FilterStart = Moved(handler.FilterStart);

        Instruction? Moved(Instruction? at) => at is not null && starts.TryGetValue(at, out Instruction? start) ? start : at;
    }

    // The first instruction, whatever is jumped to, and what follows a jump that may not be taken. A prefix belongs to what it prefixes, and
    // an instruction is jumped to with its prefix, so a block never starts between the two.
    private static List<Instruction> Blocks(MethodBody body)
    {
        HashSet<Instruction> blocks = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            blocks.UnionWith(instruction.Operand switch { Instruction target => [target], Instruction[] targets => targets, _ => [] });
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next)
            {
                blocks.Add(next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            blocks.Add(handler.HandlerStart);
        }

        return [.. body.Instructions.Where(blocks.Contains)];
    }
}
