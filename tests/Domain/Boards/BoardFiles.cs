using System.Text.Json.Nodes;
using IotAttest.Domain.Boards;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Boards;

/// <summary>The real board descriptions of the checkout.</summary>
internal static class BoardFiles
{
    public const string Esp32S3 = "ESP32_S3_QUAD";
    public const string Esp32C6 = "ESP32_C6_THREAD";
    public const string Stm32 = "ST_STM32F769I_DISCOVERY";

    public static string Folder { get; } = Path.Combine(SharedData.Repository, "hardware");

    /// <summary>The boards, each named as its folder.</summary>
    public static IEnumerable<string> Folders =>
        Directory.GetFiles(Folder, "board.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));

    public static string Text(string board) => File.ReadAllText(Path.Combine(Folder, board, "board.json"));

    public static BoardDescription Read(string board) => MustRead(Text(board));

    public static BoardDescription MustRead(string json)
    {
        bool isRead = BoardJson.TryRead(json, out BoardDescription? description, out BoardError? error);

        Assert.True(isRead, error?.Message);
        return description!;
    }

    public static string Edited(string board, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(Text(board))!.AsObject();
        edit(json);
        return json.ToJsonString();
    }
}
