namespace IotAttest.Cli.Bench;

/// <summary>Finds servers as a shell does.</summary>
internal static class ProgramOnPath
{
    /// <param name="name">The name of the program.</param>
    /// <param name="path">The folders, as the variable PATH has them; null for none.</param>
    /// <returns>The full path of the first one, or null.</returns>
    public static string? Find(string name, string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
