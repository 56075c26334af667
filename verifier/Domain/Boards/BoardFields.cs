namespace IotAttest.Domain.Boards;

/// <summary>The property names of board.json; a test holds them against hardware/board.schema.json.</summary>
internal static class BoardFields
{
    public static readonly string[] Required = ["name", "target", "flashSize", "deployAddress", "regions", "keyStorage", "secureBoot"];

    public static readonly string[] Optional = ["$schema", "class", "oemid", "flashBase"];

    public static readonly string[] RegionRequired = ["name", "offset", "size", "measured"];
}
