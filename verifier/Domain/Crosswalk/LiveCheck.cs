using System.Text.Json.Serialization;

namespace IotAttest.Domain.Crosswalk;

/// <summary>What decides a requirement.</summary>
public enum LiveCheck
{
    /// <summary>L: evidence of boards decides it.</summary>
    [JsonStringEnumMemberName("L")]
    Live = 1,

    /// <summary>P: evidence decides a part of it.</summary>
    [JsonStringEnumMemberName("P")]
    Partly = 2,

    /// <summary>G: what the registry holds answers it.</summary>
    [JsonStringEnumMemberName("G")]
    Registry = 3,

    /// <summary>D: documents or a laboratory decide it; never evidence.</summary>
    [JsonStringEnumMemberName("D")]
    Documents = 4,
}
