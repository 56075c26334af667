namespace IotAttest.Support;

/// <summary>Conformance data of others, which lies beside the checkout and is never committed; and the project's own vectors.</summary>
public static class SharedData
{
    /// <summary>The checkout: the folder that holds IotAttest.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder of other people's data; <c>IOTATTEST_SHARED</c> overrides the place beside the checkout.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("IOTATTEST_SHARED") ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared"));

    /// <summary>The full path of something in the shared folder, such as <c>vectors/rfc4231</c>.</summary>
    public static string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>The full path of one of the project's own vectors.</summary>
    public static string OwnVector(string relative) => Path.Combine(Repository, "tests", "vectors", relative);

    internal static string? ReasonToSkip(string relative) =>
        Path.Exists(PathOf(relative)) ? null : $"needs the conformance data {relative}, looked for beside the checkout (set IOTATTEST_SHARED)";

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IotAttest.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("IotAttest.sln was not found above the test assembly.");
    }
}
