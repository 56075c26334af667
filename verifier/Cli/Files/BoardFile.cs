using IotAttest.Cli.Failures;
using IotAttest.Domain.Boards;

namespace IotAttest.Cli.Files;

/// <summary>Reads board.json.</summary>
internal static class BoardFile
{
    public static string ReadText(string path) => InputFile.ReadText(path, BoardJson.MaxBytes);

    public static BoardDescription Read(string path) => Parse(path, ReadText(path));

    public static BoardDescription Parse(string path, string json) => BoardJson.TryRead(json, out BoardDescription? board, out BoardError? error)
        ? board
        : throw CliException.DoesNotHold($"{error.Seen} in {path}", error.Expected, error.Do, error.Path);

    /// <summary>The class and manufacturer of a product model; a template has none.</summary>
    public static CliException IsTemplate(string path, string missing) => CliException.WrongUsage(
        $"no {missing} in {path}: it is a template for a board family",
        "the board.json of a product model",
        $"make one with: iotattest board new-class --board {path} --oemid N --out my-board.json");
}
