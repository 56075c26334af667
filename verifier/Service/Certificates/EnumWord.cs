using System.Text.Json;

namespace IotAttest.Service.Certificates;

/// <summary>Enumerations of schemes and recognition rules as the words of their data files.</summary>
internal static class EnumWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
