using Mono.Cecil;

namespace IotAttest.Interop.Checksum;

/// <summary>Names as the metadata processor spells them, in checksums and in generated C++.</summary>
internal static class MethodToken
{
    /// <summary>Name, <c>___STATIC__</c> or <c>___</c>, return token, then <c>__</c> and a token for each parameter.</summary>
    public static string Of(MethodDefinition method)
    {
        IEnumerable<string> types = method.Parameters.Select(parameter => parameter.ParameterType).Prepend(method.ReturnType).Select(TypeToken);
        string token = method.Name + (method.IsStatic ? "___STATIC__" : "___") + string.Join("__", types);
        return token.Replace('.', '_').Replace("/", "", StringComparison.Ordinal);
    }

    /// <summary>Full name with dots as underscores; a nested type follows its declaring type.</summary>
    public static string OfClass(TypeDefinition type) => type.DeclaringType is null
        ? type.FullName.Replace('.', '_')
        : $"{OfClass(type.DeclaringType)}_{type.Name.Replace('.', '_')}";

    private static string TypeToken(TypeReference type) => type switch
    {
        ArrayType array => "SZARRAY_" + TypeToken(array.ElementType),
        ByReferenceType reference => "BYREF_" + TypeToken(reference.ElementType),
        _ => type.FullName switch
        {
            "System.Void" => "VOID",
            "System.Boolean" => "BOOLEAN",
            "System.SByte" => "I1",
            "System.Byte" => "U1",
            "System.Char" => "CHAR",
            "System.Int16" => "I2",
            "System.UInt16" => "U2",
            "System.Int32" or "System.IntPtr" => "I4",
            "System.UInt32" or "System.UIntPtr" => "U4",
            "System.Int64" => "I8",
            "System.UInt64" => "U8",
            "System.Single" => "R4",
            "System.Double" => "R8",
            "System.String" => "STRING",
            "System.Object" => "OBJECT",
            string other => other.Replace(".", "", StringComparison.Ordinal),
        },
    };
}
