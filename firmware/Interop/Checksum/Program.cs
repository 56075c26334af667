using IotAttest.Interop.Checksum;
using Mono.Cecil;

const int InStep = 0;
const int Stale = 1;
const int Failed = 2;

if (args.Length is not (1 or 3) || (args.Length == 3 && args[1] is not ("--check" or "--write")))
{
    Console.Error.WriteLine("usage: IotAttest.Interop.Checksum ASSEMBLY.dll [--check FILE.cpp | --write FILE.cpp]");
    return Failed;
}

try
{
    using ModuleDefinition module = ModuleDefinition.ReadModule(args[0]);
    if (args.Length == 1)
    {
        Console.WriteLine($"v1 (NFMRK1) 0x{NativeChecksum.OfV1(module):X8}");
        Console.WriteLine($"v2 (NFMRK2) 0x{NativeChecksum.OfV2(module):X8}");
        return InStep;
    }

    NativeData data = NativeData.Of(module);
    string text = File.ReadAllText(args[2]);
    if (args[1] == "--write")
    {
        File.WriteAllText(args[2], NativeFile.Update(text, data));
        return InStep;
    }

    string[] differences = [.. NativeFile.Differences(text, data)];
    foreach (string difference in differences)
    {
        Console.Error.WriteLine($"{args[2]}: {difference}");
    }

    return differences.Length == 0 ? InStep : Stale;
}
catch (BadImageFormatException)
{
    Console.Error.WriteLine($"error: seen {args[0]}, which is no .NET assembly; expected the compiled IotAttest.Interop.dll; build firmware/Interop first");
    return Failed;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
{
    Console.Error.WriteLine(fault.Message);
    return Failed;
}
