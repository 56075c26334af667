using Mono.Cecil;

namespace IotAttest.Interop.Checksum;

/// <summary>The native-methods checksum that ties a managed assembly to firmware, as nanoFramework's metadata processor computes it.</summary>
internal static class NativeChecksum
{
    /// <summary>Processor 3.x, PE magic NFMRK1: what the 1.x firmware compares.</summary>
    /// <remarks>Until the first native method is counted the value starts again at each method; it therefore covers neither the managed
    /// methods before that one nor its own assembly and class names.</remarks>
    /// <returns>0 for an assembly without native methods.</returns>
    public static uint OfV1(ModuleDefinition module)
    {
        uint crc = 0;
        bool hasStarted = false;
        foreach (MethodDefinition method in Counted(module))
        {
            bool isNative = TableOrder.IsNative(method);
            if (hasStarted)
            {
                crc = isNative ? AddNative(crc, module, method) : PeCrc.Add(crc, "NULL");
            }
            else if (isNative)
            {
                crc = PeCrc.Add(0, MethodToken.Of(method));
                hasStarted = true;
            }
        }

        return crc;
    }

    /// <summary>Processor 4.x, PE magic NFMRK2: the 2.0 firmware.</summary>
    /// <returns>0 for an assembly without native methods.</returns>
    public static uint OfV2(ModuleDefinition module)
    {
        uint crc = 0;
        bool hasNative = false;
        foreach (MethodDefinition method in Counted(module))
        {
            if (TableOrder.IsNative(method))
            {
                crc = AddNative(crc, module, method);
                hasNative = true;
            }

            crc = PeCrc.Add(crc, "nullptr");
        }

        return hasNative ? crc : 0;
    }

    private static IEnumerable<MethodDefinition> Counted(ModuleDefinition module) =>
        TableOrder.Types(module).Where(TableOrder.IsCounted).SelectMany(TableOrder.Methods);

    private static uint AddNative(uint crc, ModuleDefinition module, MethodDefinition method)
    {
        crc = PeCrc.Add(crc, module.Assembly.Name.Name);
        crc = PeCrc.Add(crc, MethodToken.OfClass(method.DeclaringType));
        return PeCrc.Add(crc, MethodToken.Of(method));
    }
}
